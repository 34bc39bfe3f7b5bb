"""Covering words: always computed from what was sent, and only the covered text gets out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports import moderation
from geo_reports.models import Report
from geo_reports.moderation import MARK, Covering
from geo_reports.transitions import NotAllowed
from tests.factories import ReportFactory

TEXT = "Pak Budi (0812-3456) bilang tunggu"


def spans_in(text: str, *words: str) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words]


def test_covered_words_are_replaced_and_what_was_sent_is_kept(verifier):
    report = ReportFactory(text=TEXT, address="Rumah Budi, RT 02")
    fresh = moderation.redact(report.pk, spans_in(TEXT, "Budi", "0812-3456"), [(6, 10)], actor=verifier)
    assert fresh.text == f"Pak {MARK} ({MARK}) bilang tunggu"
    assert fresh.original_text == TEXT
    assert fresh.address == f"Rumah {MARK}, RT 02"


def test_covering_anew_starts_from_what_was_sent(verifier):
    report = ReportFactory(text=TEXT)
    moderation.redact(report.pk, spans_in(TEXT, "Budi"), actor=verifier)
    fresh = moderation.redact(report.pk, spans_in(TEXT, "tunggu"), actor=verifier)
    assert fresh.text == f"Pak Budi (0812-3456) bilang {MARK}"
    assert fresh.original_text == TEXT


def test_uncovering_all_leaves_no_second_copy(verifier):
    report = ReportFactory(text=TEXT, address="Rumah Budi")
    moderation.redact(report.pk, [(0, 8)], [(0, 5)], actor=verifier)
    fresh = moderation.redact(report.pk, [], [], actor=verifier)
    assert (fresh.text, fresh.original_text, fresh.address) == (TEXT, "", "Rumah Budi")


@pytest.mark.parametrize("spans", [[], [(3, 3)], [(90, 99)], [(9, 4)]])
def test_covering_nothing_is_no_decision(verifier, spans):
    report = ReportFactory(text=TEXT)
    with pytest.raises(NotAllowed, match="Tandai kata"):
        moderation.redact(report.pk, spans, actor=verifier)
    assert not report.decisions.exists()


def test_an_address_without_room_for_its_marks_is_covered_whole(verifier):
    report = ReportFactory(address="a " * 100)
    fresh = moderation.redact(report.pk, [], [(at, at + 1) for at in range(0, 200, 2)], actor=verifier)
    assert fresh.address == MARK


def test_a_corrected_address_is_the_new_source(verifier):
    report = ReportFactory(text=TEXT, address="Rumah Budi")
    moderation.redact(report.pk, [], [(6, 10)], actor=verifier)
    Report.objects.filter(pk=report.pk).update(address="Jl. Melati 5")
    fresh = moderation.redact(report.pk, [(0, 3)], [(11, 12)], actor=verifier)
    assert fresh.address == f"Jl. Melati {MARK}"


def test_what_is_covered_stays_covered_when_its_original_is_gone(verifier):
    report = ReportFactory(text=TEXT)
    moderation.redact(report.pk, spans_in(TEXT, "Budi"), actor=verifier)
    Report.objects.filter(pk=report.pk).update(original_text="")
    shown = Report.objects.get(pk=report.pk)
    words = moderation.words_of(shown).covering(spans_in(shown.text, "tunggu"), [])
    fresh = moderation.redact(report.pk, words.text.spans, actor=verifier)
    assert fresh.text == f"Pak {MARK} (0812-3456) bilang {MARK}"
    assert "Budi" not in fresh.original_text


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
spans = st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=5)


@given(texts, spans)
def test_each_character_is_either_shown_or_covered(text, raw):
    covering = Covering.of(text, raw)
    kept = [char for at, char in enumerate(text) if not any(start <= at < end for start, end in raw)]
    assert covering.shown.replace(MARK, "") == "".join(kept).replace(MARK, "")
    assert all(a[1] < b[0] for a, b in zip(covering.spans, covering.spans[1:], strict=False))


@given(texts, spans, spans)
def test_covering_more_of_what_is_shown_hides_exactly_that_and_never_uncovers(text, first, more):
    now = Covering.of(text, first)
    after = now.covering(more)
    hidden = {at for start, end in now.spans for at in range(start, end)}
    hidden_after = {at for start, end in after.spans for at in range(start, end)}
    assert hidden <= hidden_after
    shown = Covering.of(now.shown, more)
    outside_marks = [at for at in range(len(text)) if at not in hidden]
    places = _places(now)
    for at in outside_marks:
        is_asked = any(start <= places[at] < end for start, end in shown.spans)
        assert (at in hidden_after) is is_asked


def _places(covering: Covering) -> dict[int, int]:
    """Where each character of the source that is not covered stands in what is shown, counted one by one."""
    places, shown, at = {}, 0, 0
    while at < len(covering.source):
        inside = [end for start, end in covering.spans if start == at]
        if inside:
            shown, at = shown + len(MARK), inside[0]
            continue
        places[at] = shown
        shown, at = shown + 1, at + 1
    return places
