"""Take the second factor of an account away: for the last administrator, whom no other can help."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from geo_reports.accounts import second_factor


class Command(BaseCommand):
    """Thin: `geo_reports.accounts.second_factor` does it."""

    help = "Remove authenticator and recovery codes of an account and end its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account's user name."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done; exit code 1 if there is no such account."""
        try:
            user = User.objects.get(username=options["username"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account named “{options['username']}”.") from error
        done = second_factor.remove(user)
        self.stdout.write("Removed; all sessions are ended." if done else "This account has no second factor.")
