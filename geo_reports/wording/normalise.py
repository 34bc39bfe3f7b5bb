"""SMS and chat spelling to plain Indonesian words that remember where they stood in the original text.

Knows spelling only, no meaning. The original text is never changed: the words are for matching.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from geo_reports.wording.folding import Folded, fold

SLANG = Path(__file__).with_name("slang.yaml")

# Bounded repeats only: the time to read a text grows with its length and no faster.
LINK = (
    r"(?<![\w@.-])(?:https?://|www\.)[^\s<>\"]{1,300}"
    r"|(?<![\w@.-])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\."
    r"(?:com|id|net|org|me|ly|gg|link|xyz|info|biz|site|online|shop|store|top|club|vip|bet|live|ee|io|to|co)"
    r"(?![\w-])(?:/[^\s<>\"]{0,200})?"
)
EMAIL = r"(?<![\w.+-])[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}(?![\w-])"
TOKEN = re.compile(rf"(?P<link>{EMAIL}|{LINK})|[^\W_]+(?:'[^\W_]+)*")
LINK_END = ".,;:!?)'\""

SHORTEST_STEM = 3
REPEATED = re.compile(r"([^\W\d_])\1{2,}")
DOUBLED = re.compile(r"([a-z]{2,30})2(nya|an)?")
BREAK = re.compile(r"[,;!?()\"\n…|/]|\.(?!\w)|: | [-\u2013\u2014] ")
# A full stop behind these ends an abbreviation, not a clause.
SHORT = frozenset(
    {"jl", "jln", "no", "kel", "kec", "gg", "bpk", "dr", "ir", "st", "kp", "pd", "rt", "rw", "yth", "sdr"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One plain word. `start` and `end` are characters [start, end) of the original text.

    Words that were written as one ("dmn" = "di mana") share a span. `opens`: punctuation or a new
    line stands before it, or nothing at all. `is_disguised`: its writer hid what it is.
    """

    form: str
    start: int
    end: int
    opens: bool = False
    is_link: bool = False
    is_disguised: bool = False


@dataclass(frozen=True)
class Slang:
    """The table of slang.yaml, looked up by the spelling."""

    words: dict[str, tuple[str, ...]]
    keep_behind: frozenset[str]
    initials: frozenset[str]
    measures: frozenset[str]
    titles: dict[str, list[str]]
    school: dict[str, list[str]]
    school_words: frozenset[str]
    real_x: frozenset[str]
    not_doubled: frozenset[str]


@cache
def slang() -> Slang:
    """Read slang.yaml once."""
    content: dict[str, Any] = yaml.safe_load(SLANG.read_text(encoding="utf-8"))
    words = {
        short: tuple(meant.split()) for meant, spellings in content["words"].items() for short in spellings.split()
    }
    depends: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in content["depends"].items()
    }
    return Slang(words=words, **depends)


def normalise(text: str) -> str:
    """The plain words of `text`, separated by spaces; what is no word (punctuation, emoji) is left out.

    Normalising the result again changes nothing.
    """
    return " ".join(word.form for word in words_of(text))


def words_of(text: str) -> tuple[Word, ...]:
    """The plain words of `text` in order, each with its span in `text`."""
    return words_in(fold(text), text)


def words_in(folded: Folded, original: str) -> tuple[Word, ...]:
    """The same for a text that is folded already; `original` tells small letters from capitals."""
    matches = list(TOKEN.finditer(folded.text))
    tokens = [match[0].replace("'", "") for match in matches]
    shouted = original.isupper()
    found: list[Word] = []
    for index, match in enumerate(matches):
        is_link = match["link"] is not None
        stop = match.end() - (len(match[0]) - len(match[0].rstrip(LINK_END)) if is_link else 0)
        start, end = folded.span(match.start(), stop)
        opens = index == 0 or _breaks(folded.text[matches[index - 1].end() : match.start()], tokens[index - 1])
        if is_link:
            found.append(Word(folded.text[match.start() : stop], start, end, opens, is_link=True))
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        written = original[start:end]
        dotted = original[end : end + 2] in (". ", ".") or original[end : end + 1] == "."
        forms = _in_place(tokens[index], found[-1].form if found else "", following)
        if forms is None:
            emphasis = (written.isupper() and not shouted, dotted and _is_capital(original, end + 1))
            forms = _by_capitals(tokens[index], emphasis) or tuple(_plain(tokens[index]))
        found.extend(Word(form, start, end, opens and part == 0) for part, form in enumerate(forms))
    return tuple(found)


def _breaks(between: str, before: str) -> bool:
    if between.startswith(".") and (before in SHORT or len(before) == 1):
        between = between[1:]
    return BREAK.search(between) is not None


def _is_capital(original: str, at: int) -> bool:
    return original[at : at + 4].lstrip()[:1].isupper()


def _in_place(token: str, before: str, following: str) -> tuple[str, ...] | None:
    """What the words beside it decide; None where they decide nothing."""
    table = slang()
    if token in table.initials and before in table.keep_behind:
        return (token,)
    if token in table.measures and (before.isdigit() or following.isdigit()):
        return (token,)
    if token in table.titles and before in table.keep_behind:
        return (table.titles[token][1],)
    if token in table.school and (following.isdigit() or {before, following} & table.school_words):
        return tuple(table.school[token][1].split())
    return None


def _by_capitals(token: str, emphasis: tuple[bool, bool]) -> tuple[str, ...] | None:
    """What capitals decide: "SMP" is a school, "dr. Budi" a doctor; in small letters neither."""
    table = slang()
    in_capitals, before_a_name = emphasis
    if token in table.titles:
        return (table.titles[token][before_a_name],)
    if token in table.school:
        return tuple(table.school[token][in_capitals].split())
    return None


def _plain(token: str) -> Iterator[str]:
    table = slang()
    token = REPEATED.sub(r"\1", token)
    if token in table.words:
        yield from table.words[token]
    elif (doubled := DOUBLED.fullmatch(token)) and doubled[1] not in table.not_doubled:
        *rest, last = list(_plain(doubled[1]))
        yield from [*rest, last, *rest, last + (doubled[2] or "")]
    elif token.endswith("x") and len(token) > SHORTEST_STEM and token.isalpha() and token not in table.real_x:
        yield token[:-1] + "nya"
    elif token.endswith("nya") and token[:-3] in table.words:
        *rest, last = table.words[token[:-3]]
        yield from [*rest, last + "nya"]
    else:
        yield token
