"""Make the accounts of a demo server and print how to sign in; only where DEMO=1."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from geo_reports.demo import accounts


class Command(BaseCommand):
    """Thin: `geo_reports.demo.accounts` does it, this prints the table."""

    help = "Create the demo accounts, one or two in each role of the desk, and print their passwords."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse outside a demo, else print one line per account."""
        if not settings.DEMO:
            raise CommandError("This is not a demo server: demo accounts are made only with DEMO=1.")
        try:
            logins = accounts.prepare()
        except accounts.NameTaken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{'user':<14}{'password':<16}role")
        for login in logins:
            self.stdout.write(f"{login.username:<14}{login.password:<16}{login.role}")
