"""Taking decisions back: the row is exactly as it was, as long as nothing later depends on it."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports import moderation, transitions
from geo_reports.models import ModerationDecision, Photo, Report
from geo_reports.photos import storing
from geo_reports.photos.cleaning import clean_photo
from geo_reports.photos.masking import Kind, Mask
from geo_reports.transitions import NotAllowed
from geo_reports.workflow import Role, Status
from tests.factories import NOON, ReportFactory, make_verifier
from tests.pictures import picture, upload

# Counts acts; the address of a picture, which changes with every masking on purpose.
NOT_COMPARED = {"version"}
MASKS = ([Mask(0, 0, 0.5, 0.5, Kind.BLACK)], [Mask(0.5, 0.5, 0.5, 0.5, Kind.BLUR)])


def row(report: Report) -> dict:
    fields = Report.objects.values().get(pk=report.pk)
    photos = list(Photo.objects.filter(report=report).order_by("pk").values("masks", "width", "height"))
    is_original = [photo.is_masked for photo in Photo.objects.filter(report=report).order_by("pk")]
    return {key: value for key, value in fields.items() if key not in NOT_COMPARED} | {
        "photos": photos,
        "masked": is_original,
    }


def undoable(report: Report) -> ModerationDecision | None:
    return moderation.undoable(Report.objects.get(pk=report.pk))


def fresh_report() -> Report:
    report = ReportFactory(
        status=Status.WAITING, visibility="pending", text="Pak Budi di Jl. Melati 5 marah-marah", address="Jl. Melati 5"
    )
    storing.store(report, clean_photo(upload(picture(size=(64, 48)))))
    return Report.objects.get(pk=report.pk)


def spans(limit: int):
    return st.lists(st.tuples(st.integers(0, limit), st.integers(0, limit)), max_size=3)


steps = st.one_of(
    st.just(("publish",)),
    st.just(("confidential",)),
    st.tuples(st.just("withhold"), st.sampled_from(Report.WithheldReason)),
    st.tuples(st.just("redact"), spans(40), spans(14)),
    st.tuples(st.just("mask"), st.sampled_from(MASKS)),
    st.just(("undo",)),
)


def take(report: Report, step: tuple, who, at) -> None:
    kind, *more = step
    if kind == "publish":
        moderation.publish(report.pk, actor=who, at=at)
    elif kind == "confidential":
        moderation.make_confidential(report.pk, actor=who, at=at)
    elif kind == "withhold":
        moderation.withhold(report.pk, *more, actor=who, at=at)
    elif kind == "redact":
        moderation.redact(report.pk, *more, actor=who, at=at)
    else:
        moderation.mask_photo(report.photos.get().pk, *more, actor=who, at=at)


@settings(max_examples=40)
@given(st.lists(steps, max_size=14))
def test_every_undo_gives_back_the_row_that_was_there_before_the_decision(toy_city, sequence):
    with transaction.atomic():
        report, who, at = fresh_report(), make_verifier(), NOON
        rows, first = [], row(report)
        for step in sequence:
            at += timedelta(hours=1)
            if step[0] == "undo":
                last = undoable(report)
                assert (last is not None) is bool(rows)
                if last:
                    moderation.undo(last.pk, actor=who, at=at)
                    assert row(report) == rows.pop()
                continue
            before = row(report)
            try:
                take(report, step, who, at)
            except NotAllowed:
                assert row(report) == before
            else:
                rows.append(before)
        while rows:
            at += timedelta(hours=1)
            moderation.undo(undoable(report).pk, actor=who, at=at)
            assert row(report) == rows.pop()
        assert row(report) == first
        assert undoable(report) is None
        assert ModerationDecision.objects.filter(report=report, undone_at=None).count() == 0
        transaction.set_rollback(True)


def decided(kind: str, who, **fields) -> tuple[Report, ModerationDecision]:
    report = fresh_report()
    Report.objects.filter(pk=report.pk).update(**fields)
    take(report, {"redact": ("redact", [(4, 8)], []), "mask": ("mask", MASKS[0])}.get(kind, (kind,)), who, NOON)
    return report, report.decisions.get()


@pytest.mark.parametrize("kind", ["publish", "confidential", "redact", "mask"])
def test_an_undone_decision_stays_in_the_books_with_who_undid_it(verifier, kind):
    report, decision = decided(kind, verifier)
    other = make_verifier()
    moderation.undo(decision.pk, actor=other)
    decision.refresh_from_db()
    assert (decision.undone_by, decision.undone_at is None, report.decisions.count()) == (other, False, 1)
    with pytest.raises(NotAllowed, match="sudah dibatalkan"):
        moderation.undo(decision.pk, actor=other)


def test_an_earlier_decision_waits_for_the_later_one(verifier):
    report, first = decided("redact", verifier)
    moderation.publish(report.pk, actor=verifier)
    with pytest.raises(NotAllowed, match="yang terakhir lebih dulu"):
        moderation.undo(first.pk, actor=verifier)
    assert "Budi" not in Report.objects.public().get().public_text


def test_what_the_skpd_has_taken_up_is_not_pulled_away(verifier):
    report, decision = decided("publish", verifier)
    transitions.change_status(report.pk, Status.IN_PROGRESS, role=Role.OFFICER)
    with pytest.raises(NotAllowed, match="kini “Diproses”"):
        moderation.undo(decision.pk, actor=verifier)
    assert moderation.undoable(Report.objects.get(pk=report.pk)) is None


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("redact", {"address": "Jl. Mawar 7"}, "sudah diubah"),
        ("redact", {"text": "Uraian baru dari pelapor", "original_text": ""}, "sudah diubah"),
        ("publish", {"visibility": "confidential"}, "sudah diubah"),
        ("confidential", {"wants_confidential": True}, "dirahasiakan"),
    ],
)
def test_what_changed_since_is_not_overwritten(verifier, kind, change, sentence):
    report, decision = decided(kind, verifier)
    Report.objects.filter(pk=report.pk).update(**change)
    before = row(report)
    with pytest.raises(NotAllowed, match=sentence):
        moderation.undo(decision.pk, actor=verifier)
    assert row(report) == before


def test_a_mask_whose_original_was_deleted_stays(verifier):
    report, decision = decided("mask", verifier)
    storing.forget_original(report.photos.get().pk)
    with pytest.raises(NotAllowed, match="Foto aslinya"):
        moderation.undo(decision.pk, actor=verifier)


def test_a_decision_of_which_retention_has_cleared_the_past_stays(verifier):
    _report, decision = decided("redact", verifier)
    ModerationDecision.objects.update(before={})
    with pytest.raises(NotAllowed, match="tidak tersimpan"):
        moderation.undo(decision.pk, actor=verifier)
