"""A report full of personal data, each piece a string that occurs nowhere else."""

from django.contrib.gis.geos import Point

from geo_reports.models import (
    Appeal,
    BulkAction,
    ModerationDecision,
    Note,
    Question,
    ReopenRequest,
    Report,
    StatusChange,
)
from geo_reports.photos import storing
from geo_reports.photos.masking import Kind, Mask
from geo_reports.workflow import Role, Status
from tests.citizens import add_photo
from tests.factories import NOON, ReportFactory

NAME, MAIL, PHONE = "Zulaikha Wirjawan", "zulaikha.w@contoh.example", "0812-7766-5544"
TEXT, ORIGINAL, ADDRESS = "kalimat-tayang", "kalimat-sebelum-disunting", "alamat-rumah-zw 5"
ANSWER, APPEAL, NOTE, REOPEN, WISH = "jawaban-zw", "keberatan-zw", "catatan-zw", "buka-lagi-zw", "kata-pelapor-zw"
EXACT = Point(10.0173, 0.0061, srid=4326)
PIECES = (NAME, MAIL, PHONE, TEXT, ORIGINAL, ADDRESS, ANSWER, APPEAL, NOTE, REOPEN, WISH)


def reporter(**changes) -> Report:
    """A report by NAME, reachable under MAIL, anonymous."""
    given = {"reporter_name": NAME, "reporter_contact": MAIL, "is_anonymous": True, "text": TEXT, "address": ADDRESS}
    return ReportFactory(**given | changes)


def full_report(**changes) -> Report:
    """A report in whose every corner something personal lies, also in what others wrote about it."""
    report = reporter(**{"original_text": ORIGINAL, "point": EXACT, "accuracy_m": 5.0} | changes)
    add_photo(report)
    masked = add_photo(report)
    storing.mask(masked.pk, [Mask(0, 0, 0.5, 0.5, Kind.BLACK)])
    add_photo(report, is_hidden=True)
    decision = ModerationDecision.objects.create(
        report=report, kind="redact", at=NOON, before={"text": ORIGINAL}, note=f"Kepada {NAME}: kami sunting."
    )
    Appeal.objects.create(decision=decision, text=APPEAL, at=NOON, outcome="upheld", note=f"Maaf, {NAME}.")
    Note.objects.create(report=report, text=f"{NOTE}: {NAME}, {PHONE}", at=NOON)
    Question.objects.create(report=report, text=f"Bu {NAME}, di mana?", role="officer", at=NOON, answer=ANSWER)
    ReopenRequest.objects.create(report=report, text=REOPEN, at=NOON, outcome="accepted", note=f"Baik, {NAME}.")
    StatusChange.objects.create(
        report=report, from_status="done", to_status="reopened", at=NOON, role=Role.REPORTER, note=WISH
    )
    report.replies.create(agency_id="roads", text=f"Terima kasih {NAME}, sudah kami tangani.", at=NOON)
    moved = f"Kata {NAME} ini jalan provinsi."
    by_hand = {"kind": "person", "agency": "roads", "reason": moved, "result": "won"}
    report.assignments.update(reason=moved, trace=[by_hand, {"kind": "ground", "result": "weaker"}])
    action = BulkAction.objects.create(verb="hand-over", at=NOON, parameters={"agency": "roads", "reason": moved})
    action.items.create(report=report, outcome="done", sentence=f"Laporan {NAME}.")
    return report


def settled(**changes) -> Report:
    """The same, closed for good, with the name shown."""
    return full_report(**{"status": Status.CONFIRMED, "is_anonymous": False} | changes)
