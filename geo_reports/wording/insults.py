"""Coarse words and insults: aimed at a person they are a reason to withhold, else only words to redact.

"Sampah", "anjing" and their like are what citizens report; they count only when aimed. Criticism of
a service, however hard, is no insult. Hints for a person: nothing is decided here.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import INSULT, Flag
from geo_reports.wording.lexicon import phrases
from geo_reports.wording.reading import Reading

AIMED = _("Kata kasar atau penghinaan yang ditujukan kepada orang.")
BARE = _("Kata kasar yang tidak ditujukan kepada siapa pun: cukup ditutup, isi laporannya tetap berguna.")
ALONE = _("Kata kasar tanpa isi laporan.")

FEWEST_WORDS_OF_A_REPORT = 4


def insults(reading: Reading) -> Iterator[Flag]:
    """Flag coarse words and insults."""
    ordinary = reading.covered("insults", "ordinary")
    seen: set[int] = set()
    for name in ("profane", "mild", "insult"):
        for place in reading.find("insults", name):
            if not ordinary.isdisjoint(range(*place)) or not seen.isdisjoint(range(*place)):
                continue
            if name == "insult" and (_is_denied(reading, place) or _is_quoted(reading, place)):
                continue
            seen.update(range(*place))
            yield _judged(reading, place, is_mild=name == "mild")
    for name in ("animals", "things", "states"):
        for place in reading.find("insults", name):
            if ordinary.isdisjoint(range(*place)) and seen.isdisjoint(range(*place)):
                seen.update(range(*place))
                yield from _ambiguous(reading, place, name)


def _judged(reading: Reading, place: tuple[int, int], *, is_mild: bool) -> Flag:
    reach = (1, 1) if is_mild else (4, 3)
    if not _is_quoted(reading, place) and (
        reading.near(place, reading.targets, before=reach[0], after=reach[1])
        or reading.near(place, reading.covered("insults", "marks"), before=1, after=0)
    ):
        return reading.flag(place, INSULT, "withhold", "strong", AIMED)
    if not is_mild and len(reading.words) - (place[1] - place[0]) < FEWEST_WORDS_OF_A_REPORT:
        return reading.flag(place, INSULT, "withhold", "weak", ALONE)
    return reading.flag(place, INSULT, "redact", "weak" if is_mild else "strong", BARE)


def _is_denied(reading: Reading, place: tuple[int, int]) -> bool:
    """Said of oneself, denied, or of people who are treated so."""
    return reading.near(place, reading.covered("insults", "not_aimed"), before=2, after=0) or reading.before(
        place[0]
    ) in ("saya", "kami", "kita")


def _is_quoted(reading: Reading, place: tuple[int, int]) -> bool:
    """Repeated from a wall, or from somebody who said it to the citizen."""
    return reading.near(place, reading.covered("insults", "quoted"), before=4, after=0, anywhere=True)


def _ambiguous(reading: Reading, place: tuple[int, int], name: str) -> Iterator[Flag]:
    if _is_quoted(reading, place):
        return
    if reading.words[place[0]].is_disguised:
        # Nobody hides the dog that was seen on the street.
        yield _judged(reading, place, is_mild=False)
    elif _is_aimed(reading, place, name):
        yield reading.flag(place, INSULT, "withhold", "strong", AIMED)
    elif name == "animals" and _is_expletive(reading, place):
        yield reading.flag(place, INSULT, "redact", "weak", BARE)


def _is_aimed(reading: Reading, place: tuple[int, int], name: str) -> bool:
    first, last = place
    if reading.near(place, reading.covered("insults", "marks"), before=1, after=0):
        return True
    is_end = reading.behind(last) == "" or _stands(reading, last, "intensifiers")
    second = reading.covered("people", "second")
    if first and not reading.words[first].opens and is_end and (first - 1 in second or _all_of_them(reading, first)):
        return True
    if name == "animals" and reading.behind(last) and last in second:
        return True
    if _stands(reading, first - 1, "body") and not reading.words[first].opens:
        return reading.near(place, reading.targets, before=5, after=0)
    is_called = name == "things" and reading.near(place, reading.covered("people", "vocative"), before=4, after=0)
    return is_end and not is_called and reading.near(place, reading.named, before=1, after=0)


def _stands(reading: Reading, index: int, name: str) -> bool:
    return 0 <= index < len(reading.words) and phrases("insults", name).length_at(reading.words, index) > 0


def _all_of_them(reading: Reading, first: int) -> bool:
    """Whether "kalian semua" or "kalian memang" stands before."""
    return (
        reading.before(first) in ("semua", "memang", "emang", "seperti")
        and first - 2 in reading.targets
        and reading.clauses[first - 2] == reading.clauses[first]
    )


def _is_expletive(reading: Reading, place: tuple[int, int]) -> bool:
    """Said to nobody: "macet mulu anjing", "Anjing! Jalan rusak lagi"."""
    first, last = place
    is_end = reading.behind(last) == ""
    if not reading.before(first):
        return is_end and reading.text[reading.words[last - 1].end :].lstrip().startswith("!")
    return _stands(reading, first - 1, "moods") and (is_end or _stands(reading, last, "afterwards"))
