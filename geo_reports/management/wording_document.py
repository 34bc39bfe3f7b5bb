"""docs/moderation.md: what the suggestions are, how they were measured, and where they are wrong."""

from collections.abc import Iterable, Mapping, Sequence

from geo_reports.wording.flags import REASONS
from geo_reports.wording.measuring import (
    CONFIDENTIAL,
    DEVELOPMENT,
    HELD_OUT,
    NOTHING,
    FirstLook,
    Judged,
    Score,
    added,
    confusion,
    kept,
    scores,
)

BEGINNING = """\
# Suggestions to the verifikator

Written by `manage.py measure_wording`, not by hand; a test fails when these figures are not those of the code.

## What it is

`geo_reports/wording/` reads the text of a report and marks places in it for the person who decides. **A person
always decides.** Nothing is rejected, withheld, covered or hidden by these rules, and no reporter is ever told what
they said. There is no learned model and no outside service: word lists (`geo_reports/wording/lists/*.yaml`, our
own) and rules that look at what stands around a word.

Three kinds of marks: *withhold* (the whole report may have to stay unpublished, with one of the reasons the
reporter can read), *redact* (these words can be covered while the report is shown) and *confidential* (accusations
against persons, victims: not on the public map). Each is strong or weak and says why in one sentence.

What weighs most is that a legitimate complaint stays visible. Hard criticism ("lelet", "tidak becus", "omdo") is
never marked. "Sampah", "bangkai", "anjing", "orang gila" are what citizens report; they are marked only when aimed
at somebody.

## Method

{total} Indonesian sentences written for this purpose, {hard} of them hard cases: ordinary words that look like
insults, sarcasm, SMS spelling, disguises, Betawi, promotion dressed as a report, good reports that hold a phone
number. All were written and labelled by one author; no citizen's text is among them. A label is what a careful
person would mark; several are possible; none means that the text can be shown as it is.

- **dev** ({dev} sentences) stood in front of the author while the rules were made. Its figures say little.
- **heldout** ({heldout}) was written after the rules and measured once; then came one round of changes on its
  account. Before its figures were recorded, five advertisements got the second label that their phone numbers have
  in dev too; no other label was touched.
- **heldout2** ({heldout2}) was written after that round and measured once. It showed that the round had made the
  rules too eager, and what caused that was taken back: a single offer, the bare word "caleg", a place named after a
  people and a text of two words no longer suffice.
- **heldout3** ({heldout3}) was written after that and measured once. Nothing has been changed on its account;
  afterwards the word lists were read through and entries narrowed that ordinary reports would trip over ("macet
  tidak bergerak", "maling masuk rumah tetangga").

The **first look** at a held-out set is the honest estimate for texts not seen before, and of these the last one is
for the rules as they are. Figures "now" on dev, heldout and heldout2 flatter: the rules know these sentences. A
suggestion counts under its reason whether it is to withhold or to redact; *legitimate* are sentences without a
label or with personal data only, and *kept visible* means that nothing, strong or weak, suggested to withhold them.
"""

LIMITS = """\
## Limits

- Meant for Indonesian in the speech of Jakarta and its surroundings; of other languages a few coarse words are
  known.
- At the first looks {missed} of {wanted} marks were missed, most of them for other reasons than insults and
  personal data. The rules are cautious on purpose. Who reads only marked reports will miss things: every report is
  to be read.
- On all sentences together {kept} of {legitimate} legitimate ones stay visible, but the rules know most of them. On
  the set that they have not seen it was {last_kept} of {last_legitimate}: too few sentences to tell 98 from 99 %.
- Not judged at all: photos, duplicates, truth, and whether a place lies in the city.
- Sarcasm without a coarse word, veiled threats, accusations in plain words ("the winner is his own brother") and
  names without a title before them are not recognised. House addresses are not marked as personal data.
- Emergencies are marked by words. The absence of a mark never means that nobody is in danger.
- The sentences come from one hand. Figures on real reports will differ; measure again once there are some.
"""


def moderation_document(judged: Sequence[Judged], first: Mapping[str, FirstLook]) -> str:
    """The whole document for these sentences as the code judges them now."""
    parts = {part: [each for each in judged if each.sentence.part == part] for part in (DEVELOPMENT, *HELD_OUT)}
    beginning = BEGINNING.format(
        total=len(judged),
        hard=sum(each.sentence.is_hard for each in judged),
        **{part: len(within) for part, within in parts.items()},
    )
    held_out = [each for part in HELD_OUT for each in parts[part]]
    looks = added(first[part].scores for part in HELD_OUT)
    stayed, legitimate = kept(judged)
    last_kept, last_legitimate = first[HELD_OUT[-1]].kept
    limits = LIMITS.format(
        missed=sum(score.missed for score in looks.values()),
        wanted=sum(score.missed + score.right for score in looks.values()),
        kept=stayed,
        legitimate=legitimate,
        last_kept=last_kept,
        last_legitimate=last_legitimate,
    )
    return "\n".join(
        [
            beginning,
            "## Legitimate complaints kept visible\n",
            *_kept_table(parts, judged, first),
            "\n## By reason\n",
            f"First looks are the sum of the {len(HELD_OUT)} held-out sets, each before it changed a rule.\n",
            *_reason_table(looks, scores(parts[DEVELOPMENT]), scores(held_out)),
            "\n## Confusion\n",
            "All sentences now: what they are labelled (rows) and the reason offered first for withholding (columns).",
            f'"{NOTHING}": none. A sentence with two labels counts in both rows; coarse words',
            "and personal data that are only to be covered are offered no reason for withholding.\n",
            *_confusion_table(judged),
            "\n## Where it is wrong now\n",
            *_wrong_ones(judged),
            f"\n{limits}",
        ]
    )


def _kept_table(
    parts: Mapping[str, Sequence[Judged]], judged: Sequence[Judged], first: Mapping[str, FirstLook]
) -> list[str]:
    rows = []
    for name, within in (*parts.items(), ("all", judged)):
        look = first.get(name)
        right = (sum(each.is_right for each in within), len(within))
        rows.append(
            (
                name,
                _share(look.kept) if look else "",
                _share(kept(within)),
                _share(look.right) if look else "",
                _share(right),
            )
        )
    return _table(
        ("part", "kept, first look", "kept, now", "all marks right, first look", "all marks right, now"), rows
    )


def _reason_table(
    looks: Mapping[str, Score], development: Mapping[str, Score], held_out: Mapping[str, Score]
) -> list[str]:
    rows = [
        (reason, *_both(looks[reason]), *_both(held_out[reason]), *_both(development[reason]))
        for reason in (*REASONS, CONFIDENTIAL)
    ]
    heads = ("first look", "held-out now", "dev now")
    return _table(("reason", *(f"{figure}, {head}" for head in heads for figure in ("precision", "recall"))), rows)


def _confusion_table(judged: Sequence[Judged]) -> list[str]:
    counts = confusion(judged)
    names = (*REASONS, NOTHING)
    rows = [(name, *(str(counts[name, other] or "") for other in names)) for name in names]
    return _table(("label", *names), rows)


def _wrong_ones(judged: Sequence[Judged]) -> list[str]:
    lines = []
    for each in judged:
        if each.is_right:
            continue
        wanted = sorted(each.sentence.labels) + [CONFIDENTIAL] * each.sentence.is_confidential
        got = sorted(each.reasons) + [CONFIDENTIAL] * each.suggested.wants_confidential
        lines.append((each.sentence.part, ", ".join(wanted) or NOTHING, ", ".join(got) or NOTHING, each.sentence.text))
    return _table(("part", "label", "suggested", "text"), lines)


def _share(counts: tuple[int, int]) -> str:
    count, out_of = counts
    return f"{count} of {out_of} ({count / out_of:.1%})" if out_of else ""


def _both(score: Score) -> tuple[str, str]:
    return (
        _ratio(score.precision, score.right, score.right + score.wrong),
        _ratio(score.recall, score.right, score.right + score.missed),
    )


def _ratio(value: float | None, count: int, out_of: int) -> str:
    return "" if value is None else f"{value:.0%} ({count}/{out_of})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
