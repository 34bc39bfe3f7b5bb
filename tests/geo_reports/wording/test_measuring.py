"""How the suggestions do on the labelled sentences; the floors that they may not fall below."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geo_reports.management.wording_document import moderation_document
from geo_reports.wording.measuring import (
    CONFIDENTIAL,
    HELD_OUT,
    Judged,
    Score,
    Sentence,
    added,
    judge,
    kept,
    read_first_looks,
    read_sentences,
    scores,
)

FOLDER = Path(__file__).parent
DOCUMENT = Path(__file__).parents[3] / "docs" / "moderation.md"

# (precision, recall) over all sentences.
FLOORS = {
    "insult": (0.95, 0.90),
    "personal_attack": (0.90, 0.60),
    "hate": (0.90, 0.85),
    "promotion": (0.93, 0.90),
    "off_topic": (0.95, 0.75),
    "campaign": (0.95, 0.70),
    "personal_data": (0.95, 0.95),
    "violence": (0.90, 0.85),
    "incomplete": (0.90, 0.85),
    "emergency": (0.90, 0.80),
    CONFIDENTIAL: (0.95, 0.80),
}


@pytest.fixture(scope="module")
def judged() -> tuple[Judged, ...]:
    return judge(read_sentences(FOLDER / "sentences.csv"))


def test_the_set_is_large_hard_and_without_repeats(judged):
    assert len(judged) >= 340
    assert len({each.sentence.text.casefold() for each in judged}) == len(judged)
    assert sum(each.sentence.is_hard for each in judged) * 2 >= len(judged)
    assert sum(each.sentence.part in HELD_OUT for each in judged) * 2 >= len(judged)
    assert sum(each.sentence.is_legitimate for each in judged) * 2 >= len(judged)


def test_ninety_nine_of_a_hundred_legitimate_complaints_stay_visible(judged):
    stayed, legitimate = kept(judged)
    assert stayed >= 0.99 * legitimate


@pytest.mark.parametrize("reason", FLOORS)
def test_no_reason_falls_below_its_floor(judged, reason):
    precision, recall = FLOORS[reason]
    score = scores(judged)[reason]
    assert score.precision >= precision
    assert score.recall >= recall


def test_the_sets_held_out_were_measured_before_they_changed_a_rule(judged):
    first = read_first_looks(FOLDER / "first_looks.yaml")
    assert tuple(first) == HELD_OUT
    for part, look in first.items():
        within = [each for each in judged if each.sentence.part == part]
        assert look.right[1] == len(within)
        assert look.kept[1] == sum(each.sentence.is_legitimate for each in within)


def test_the_document_says_what_the_code_does_now(judged):
    first = read_first_looks(FOLDER / "first_looks.yaml")
    assert DOCUMENT.read_text(encoding="utf-8") == moderation_document(judged, first), "run manage.py measure_wording"


def test_the_command_prints_the_table_and_writes_the_document(tmp_path, capsys):
    call_command("measure_wording", output=tmp_path / "moderation.md")
    assert (tmp_path / "moderation.md").read_text(encoding="utf-8") == DOCUMENT.read_text(encoding="utf-8")
    assert "legitimate kept visible" in capsys.readouterr().out


def test_the_command_says_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("measure_wording", sentences=tmp_path, output=tmp_path / "moderation.md")
    (tmp_path / "sentences.csv").write_text("text,label,confidential,hard,note,part\nx,nonsense,no,no,,dev\n")
    with pytest.raises(CommandError, match="nonsense"):
        call_command("measure_wording", sentences=tmp_path, output=tmp_path / "moderation.md")


def test_precision_and_recall_are_shares_of_what_was_found_and_of_what_was_to_be_found():
    score = Score(right=3, wrong=1, missed=2)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall) == (None, None)
    assert added([{"insult": score}, {"insult": score}]) == {"insult": Score(6, 2, 4)}


def test_covering_words_does_not_count_as_taking_a_report_from_sight():
    def judged(text: str, *labels: str) -> Judged:
        return judge([Sentence(text, frozenset(labels), is_confidential=False, is_hard=False, note="", part="dev")])[0]

    number = judged("Lampu jalan mati, hubungi saya di 0812-3456-7890", "personal_data")
    assert (number.is_kept, number.is_right, kept([number])) == (True, True, (1, 1))
    insult = judged("walikota goblok")
    assert (insult.is_kept, insult.is_right, kept([insult])) == (False, False, (0, 1))
