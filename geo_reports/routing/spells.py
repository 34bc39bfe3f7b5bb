"""Spells of responsibility, one report at a time. With `rerouting` the only writer of assignments."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from geo_reports import deadlines
from geo_reports.locks import locked
from geo_reports.models import Agency, Assignment, Category, Report
from geo_reports.routing.decisions import Decision, Verdict, decide_for
from geo_reports.routing.places import Placement, locate, placement_of

PERSON = "person"
CORRECTED = (
    "category",
    "kind",
    "address",
    "point",
    "public_point",
    "kelurahan",
    "kecamatan",
    "placement",
    "accuracy_m",
    "place_answer",
)


def assign(report: Report, decision: Decision, *, at: datetime | None = None, actor: User | None = None) -> None:
    """End the current spell and start one for the decided agency; the same agency changes nothing.

    An undecided decision leaves the report with an agency that is among its candidates, else with
    none, and is stored on the report for the verifikator. Call inside a transaction that holds the
    report's row, or for a row just inserted.
    """
    at = at or timezone.now()
    current = report.assignments.filter(ended_at=None).first()
    report.undecided = decision.stored
    agency = decision.agency
    if current and agency is None and current.agency_id in {line.get("agency") for line in decision.candidates}:
        agency = current.agency
    if current is None or agency is None or current.agency_id != agency.pk:
        report.handler = None  # somebody of the agency that it leaves
        if current:
            current.ended_at = at
            current.save(update_fields=["ended_at"])
        if agency:
            Assignment.objects.create(
                report=report,
                agency=agency,
                started_at=at,
                reason=decision.reason,
                trace=decision.trace,
                actor=actor,
            )
    report.agency = agency
    report.save(update_fields=["agency", "undecided", "handler"])
    deadlines.update([report.pk])


@transaction.atomic
def hand_over(report_id: int, agency: Agency, *, reason: str, actor: User | None, at: datetime | None = None) -> Report:
    """Give a report to another agency by a person's decision; returns the fresh row.

    The trace keeps what the rules had found, so that the choice can be read later.
    """
    report = locked(report_id)
    assign(report, chosen(report, agency, reason), at=at, actor=actor)
    return report


def chosen(report: Report, agency: Agency, reason: str) -> Decision:
    """A person's decision; its trace keeps what the rules had left open."""
    trace = [{"kind": PERSON, "agency": agency.pk, "reason": reason, "result": "won"}]
    if report.undecided:
        trace += report.undecided["trace"]
    return Decision(Verdict.DECIDED, agency, report.kelurahan, reason, trace)


@transaction.atomic
def give_back(report_id: int, *, at: datetime | None = None) -> Report:
    """End the current spell without starting another: a person has to name the next SKPD. Returns the fresh row."""
    report = locked(report_id)
    report.assignments.filter(ended_at=None).update(ended_at=at or timezone.now())
    report.agency = report.handler = None
    report.save(update_fields=["agency", "handler"])
    deadlines.update([report.pk])
    return report


@transaction.atomic
def correct(
    report_id: int,
    *,
    placement: Placement | None = None,
    category: Category | None = None,
    kind: str | None = None,
    street: str | None = None,
    actor: User | None = None,
    at: datetime | None = None,
) -> Report:
    """Correct where a report is, what it is about, its kind or its street, and route it again; returns the fresh row.

    A moved pin is a person's: it has no accuracy, and what the reporter answered about the old place is forgotten.
    """
    report = locked(report_id)
    at = at or timezone.now()
    if placement is not None and (placement.point, placement.kelurahan) != (report.point, report.kelurahan):
        report.accuracy_m, report.place_answer = None, ""
    else:
        placement = placement_of(report)
    if category is not None:
        report.category = category
    if kind is not None:
        report.kind = kind
    if street is not None:
        report.address = street
    locate(report, placement)
    report.save(update_fields=CORRECTED)
    assign(report, decide_for(report, placement, timezone.localdate(at)), at=at, actor=actor)
    return report
