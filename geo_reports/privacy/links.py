"""The mailed link for people who lost theirs: shows that somebody reads a mailbox, for an hour, for this only.

The address that was typed is neither stored nor logged (the throttle keeps a keyed hash for an hour) nor
put into the queue. What the link carries is signed: report ids and a digest of the contact, so that
it stops working for a report whose contact has changed since.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django_tasks import task

from geo_reports.models import City, Report, Throttle

SALT: Final = "geo_reports.privacy.links"
VALID_FOR: Final = timedelta(hours=1)
MOST_REPORTS: Final = 100  # the newest ones: the link has to fit into an address
MAILS_PER_HOUR: Final = 3  # to one address, whoever asks


def ask(contact: str) -> None:
    """Mail a link to `contact` if it is the contact of a report. Looks the same from outside when it is not."""
    known = Report.objects.filter(reporter_contact__iexact=contact.strip()).exclude(reporter_contact="")
    ids = list(known.order_by("-submitted_at", "-pk").values_list("pk", flat=True)[:MOST_REPORTS])
    is_too_often = Throttle.hit("data link", contact.strip().casefold()) > MAILS_PER_HOUR
    # Queued also when there is nothing to do, so that both answers take the same time.
    send_link.enqueue([] if is_too_often else ids)


@task()
def send_link(report_ids: list[int]) -> None:
    """Mail the link for these reports to their contact, which never stands in the queue."""
    report = Report.objects.filter(pk__in=report_ids).exclude(reporter_contact="").order_by("pk").first()
    if report is None:
        return
    city = City.objects.first()
    link = settings.SITE_URL + reverse("reports:my-data-link", args=[token(report_ids, report.reporter_contact)])
    send_mail(
        subject=_("Data Anda di %(brand)s") % {"brand": city.brand if city else _("layanan laporan warga")},
        message=render_to_string("geo_reports/mail/data_link.txt", {"link": link, "city": city}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[report.reporter_contact],
    )


def token(report_ids: Sequence[int], contact: str) -> str:
    """What proves for an hour that its holder reads the mailbox of `contact`."""
    return signing.dumps({"r": list(report_ids), "d": _digest(contact)}, salt=SALT, compress=True)


def reports_of(given: str) -> list[Report] | None:
    """The reports that a token opens now, newest first; None when it is wrong or over."""
    try:
        read = signing.loads(given, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    found = Report.objects.for_cards().filter(pk__in=read["r"]).order_by("-submitted_at", "-pk")
    return [report for report in found if constant_time_compare(_digest(report.reporter_contact), read["d"])]


def _digest(contact: str) -> str:
    return salted_hmac(SALT, contact.strip().casefold(), algorithm="sha256").hexdigest()[:32]
