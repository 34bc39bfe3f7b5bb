"""Mails about an account, sent by the worker: a request neither waits for the mail server nor shows that it does.

A task carries ids only; the secret link of a new password is made when the mail is.
"""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import int_to_base36
from django_tasks import task

from geo_reports.models import City

NEW_PASSWORD: Final = "account/email/password_reset_key"  # noqa: S105


@task()
def send_password_links(user_ids: list[int]) -> None:
    """A link for a new password to each of them. Queued for nobody as well: both take the same time."""
    for user_id in user_ids:
        write(user_id, NEW_PASSWORD)


@task()
def tell_owner(user_id: int, template: str) -> None:
    """What has just happened to an account, `template` without `_subject.txt` and `_message.txt`."""
    write(user_id, template)


def write(user_id: int, template: str) -> None:
    """Send one mail, if the account is in use and has an address."""
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None:
        return
    city = City.objects.first()
    context = {
        "user": user,
        "city": city,
        "new_password_link": _new_password_link(user) if template == NEW_PASSWORD else "",
        "account_link": settings.SITE_URL + reverse("account_home"),
        "forgotten_link": settings.SITE_URL + reverse("account_reset_password"),
    }
    subject = render_to_string(f"{template}_subject.txt", context).strip()
    send_mail(
        subject=f"[{city.brand}] {subject}" if city else subject,
        message=render_to_string(f"{template}_message.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[user.email],
    )


def _new_password_link(user: User) -> str:
    key = {"uidb36": int_to_base36(user.pk), "key": default_token_generator.make_token(user)}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key)
