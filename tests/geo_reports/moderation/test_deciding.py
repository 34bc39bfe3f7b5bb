"""Publishing, withholding, making confidential: what each decision does, and who may take it."""

from datetime import timedelta

import pytest

from geo_reports import moderation
from geo_reports.models import Membership, ModerationDecision, Report
from geo_reports.moderation import NotYours
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from geo_reports.photos.masking import Kind, Mask
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.factories import (
    NOON,
    ReportFactory,
    UserFactory,
    make_administrator,
    make_leader,
    make_officer,
    make_verifier,
)
from tests.pictures import picture, upload

PROMOTION = Report.WithheldReason.PROMOTION
LATER = NOON + timedelta(days=1)


def waiting(**fields) -> Report:
    return ReportFactory(**{"status": Status.WAITING, "visibility": "pending"} | fields)


def test_a_decision_keeps_who_when_why_what_was_before_and_its_step(verifier):
    report = waiting()
    moderation.withhold(report.pk, PROMOTION, actor=verifier, note="Ini iklan sedot WC.", at=LATER)
    decision = report.decisions.get()
    assert (decision.kind, decision.reason, decision.note) == ("withhold", "promotion", "Ini iklan sedot WC.")
    assert (decision.actor, decision.at, decision.waited_since) == (verifier, LATER, NOON)
    assert decision.change == report.changes.last()
    assert decision.before["was"] == {"visibility": "pending", "withheld_reason": ""}


def test_the_note_to_the_reporter_is_not_in_the_history_that_everybody_reads(verifier):
    report = waiting()
    moderation.withhold(report.pk, PROMOTION, actor=verifier, note="Hubungi Bu Siti")
    assert report.changes.last().note == "Promosi atau iklan"


def test_a_confidential_report_still_goes_to_its_skpd(verifier):
    report = moderation.make_confidential(waiting().pk, actor=verifier)
    assert (report.visibility, report.status) == ("confidential", Status.FORWARDED)
    assert report.forwarded_at is not None
    assert not Report.objects.public().exists()


def test_a_report_in_work_becomes_confidential_where_it_is(verifier):
    report = moderation.make_confidential(ReportFactory(status=Status.IN_PROGRESS).pk, actor=verifier)
    assert (report.visibility, report.status) == ("confidential", Status.IN_PROGRESS)


def test_what_its_reporter_wants_confidential_is_never_published_but_can_be_forwarded(verifier):
    report = waiting(wants_confidential=True, visibility="confidential")
    with pytest.raises(NotAllowed, match="dirahasiakan"):
        moderation.publish(report.pk, actor=verifier)
    assert moderation.make_confidential(report.pk, actor=verifier).status == Status.FORWARDED
    assert [decision.kind for decision in report.decisions.all()] == ["confidential"]


@pytest.mark.parametrize("verb", [moderation.publish, moderation.make_confidential])
def test_what_would_change_nothing_is_no_decision(verifier, verb):
    report = waiting()
    verb(report.pk, actor=verifier)
    with pytest.raises(NotAllowed, match="sudah"):
        verb(report.pk, actor=verifier)
    assert report.decisions.count() == 1


@pytest.mark.parametrize(
    ("decide", "waited_since"),
    [
        (lambda pk, who: moderation.publish(pk, actor=who), NOON),
        (lambda pk, who: moderation.redact(pk, [(0, 6)], actor=who), None),
    ],
    ids=["publish", "redact"],
)
def test_only_a_decision_about_showing_ends_the_wait(verifier, decide, waited_since):
    report = waiting()
    decide(report.pk, verifier)
    assert report.decisions.get().waited_since == waited_since


def test_the_wait_of_a_report_that_came_back_starts_when_it_came_back(verifier):
    report = waiting()
    moderation.withhold(report.pk, PROMOTION, actor=verifier, at=LATER)
    back = LATER + timedelta(days=3)
    moderation.await_check(report.pk, at=back)
    moderation.publish(report.pk, actor=verifier, at=back + timedelta(hours=1))
    assert report.decisions.last().waited_since == back


@pytest.mark.parametrize(
    ("fields", "visibility"),
    [
        ({}, "pending"),
        ({"wants_confidential": True, "visibility": "confidential"}, "confidential"),
        ({"visibility": "confidential"}, "confidential"),
    ],
    ids=["ordinary", "by the reporter's wish", "by decision"],
)
def test_what_comes_back_is_read_by_a_person_first_and_what_was_secret_stays_so(verifier, fields, visibility):
    report = waiting(**fields)
    moderation.withhold(report.pk, PROMOTION, actor=verifier, at=NOON)
    fresh = moderation.await_check(report.pk, at=LATER)
    assert (fresh.visibility, fresh.status, fresh.withheld_reason) == (visibility, Status.WAITING, "")
    assert report.changes.last().role == Role.REPORTER


def verifier_of_the_skpd():
    user = make_verifier()
    Membership.objects.create(user=user, agency_id="roads")
    return user


STRANGERS = [UserFactory, make_officer, lambda: make_officer("clean"), make_leader, verifier_of_the_skpd]
MASK = [Mask(0, 0, 0.5, 0.5, Kind.BLACK)]
DECISIONS = {
    "publish": lambda report, who: moderation.publish(report.pk, actor=who),
    "withhold": lambda report, who: moderation.withhold(report.pk, PROMOTION, actor=who),
    "confidential": lambda report, who: moderation.make_confidential(report.pk, actor=who),
    "redact": lambda report, who: moderation.redact(report.pk, [(0, 6)], actor=who),
    "mask": lambda report, who: moderation.mask_photo(report.photos.get().pk, MASK, actor=who),
    "unmask": lambda report, who: moderation.unmask_photo(report.photos.get().pk, actor=who),
    "undo": lambda report, who: moderation.undo(report.decisions.last().pk, actor=who),
}


@pytest.fixture
def decided(toy_city) -> Report:
    """A waiting report with a photo, and a decision that could be undone."""
    report = waiting()
    storing.store(report, clean_photo(upload(picture(size=(64, 48)))))
    moderation.redact(report.pk, [(7, 12)], actor=make_verifier())
    return report


@pytest.mark.parametrize("verb", DECISIONS)
@pytest.mark.parametrize(
    "make", STRANGERS, ids=["citizen", "petugas", "other petugas", "pimpinan", "verifikator of the SKPD"]
)
def test_no_verb_obeys_who_may_not_moderate(decided, make, verb):
    before = Report.objects.values().get(pk=decided.pk)
    with pytest.raises(NotYours):
        DECISIONS[verb](decided, make())
    assert Report.objects.values().get(pk=decided.pk) == before
    assert decided.decisions.count() == 1


@pytest.mark.parametrize("verb", DECISIONS)
@pytest.mark.parametrize("make", [make_verifier, make_administrator], ids=["verifikator", "administrator"])
def test_every_verb_obeys_who_may(decided, make, verb):
    DECISIONS[verb](decided, make())


def test_a_refused_decision_leaves_no_trace(verifier):
    report = ReportFactory(status=Status.MERGED)
    with pytest.raises(NotAllowed):
        moderation.withhold(report.pk, PROMOTION, actor=verifier)
    assert not ModerationDecision.objects.exists()
    assert Report.objects.get().visibility == "published"
