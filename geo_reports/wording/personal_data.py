"""Personal data in the text: phone numbers, e-mail, NIK, licence plates, bank accounts.

Words to redact; never a reason to withhold a report. Patterns are bounded, so that they stay linear.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import PERSONAL_DATA, Flag, Strength
from geo_reports.wording.folding import Folded
from geo_reports.wording.lexicon import entries
from geo_reports.wording.normalise import EMAIL
from geo_reports.wording.reading import Reading

# The national numbering plan: 8 and 9 to 12 digits for mobiles, 21 and 7 or 8 digits in Jakarta's area.
PHONE = re.compile(r"(?<![\w+])(?:\+ ?62|62|0)[ .\-()]{0,2}(?:8[1-35-9]|21)(?:[ .\-()]{0,2}\d){6,10}(?!\w)")
DIGITS_APART = re.compile(r"(?<!\w)0 8(?: \d){8,11}(?!\w)")
NIK = re.compile(
    r"(?<!\w)(?:1[1-9]|2[1]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])\d{2}[ .]?\d{2}[ .]?\d{6}[ .]?\d{4}(?!\w)"
)
MAIL = re.compile(EMAIL)
# "rek BCA: 123...", "KK saya nomor 123...": up to three words may stand between.
BETWEEN = r"(?:[ .:\-]{1,3}[a-z]{1,10}){0,3}[ .:\-]{1,3}"
PLATE = re.compile(r"(?<!\w)([a-z]{1,2})[ .\-]?(\d{1,4})[ .\-]?([a-z]{1,3})(?!\w)")
CONTEXT = 40
# A plate without a vehicle beside it: at least so many figures and letters, in capitals.
FIGURES, LETTERS = 3, 2
SHORTEST_PHONE = 8

PHONE_WHY = _("Nomor telepon: tutup sebelum ditayangkan.")
NIK_WHY = _("Nomor induk kependudukan (NIK): tutup sebelum ditayangkan.")
MAIL_WHY = _("Alamat surel: tutup sebelum ditayangkan.")
PLATE_WHY = _("Pelat nomor kendaraan: tutup sebelum ditayangkan.")
ACCOUNT_WHY = _("Nomor rekening: tutup sebelum ditayangkan.")
CARD_WHY = _("Nomor kartu identitas: tutup sebelum ditayangkan.")


def _any_of(name: str) -> str:
    return "|".join(re.escape(word) for word in entries("personal_data")[name])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], "str | Promise", Strength], ...]:
    card = re.compile(rf"(?<!\w)(?:{_any_of('cards')}){BETWEEN}(\d[\d.\-]{{7,20}}\d)(?!\w)")
    account = re.compile(rf"(?<!\w)(?:{_any_of('accounts')}|bank \w{{2,12}}){BETWEEN}(\d[\d .\-]{{7,18}}\d)(?!\w)")
    return (
        (NIK, NIK_WHY, "strong"),
        (card, CARD_WHY, "strong"),
        (account, ACCOUNT_WHY, "strong"),
        (PHONE, PHONE_WHY, "strong"),
        (DIGITS_APART, PHONE_WHY, "weak"),
        (MAIL, MAIL_WHY, "strong"),
    )


@cache
def _beside_plates() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes an address of a number behind it, and what makes a plate of it."""
    return re.compile(rf"\b(?:{_any_of('address')})\W*$"), re.compile(rf"\b(?:{_any_of('vehicles')})\b")


def personal_data(reading: Reading) -> Iterator[Flag]:
    """Flag personal data; the first pattern that fits a place names it."""
    text, folded = reading.text, reading.folded
    yield from _spoken_phones(reading)
    taken: list[tuple[int, int]] = []
    for pattern, why, strength in _patterns():
        for match in pattern.finditer(folded.text):
            group = 1 if pattern.groups else 0
            yield from _found(text, folded, match.span(group), taken, (why, strength))
    for match in PLATE.finditer(folded.text):
        if _is_plate(match, folded, text):
            yield from _found(text, folded, match.span(), taken, (PLATE_WHY, "weak"))


def _spoken_phones(reading: Reading) -> Iterator[Flag]:
    """Flag long runs of figures written as words."""
    figures = set(entries("personal_data")["figures"])
    for is_figure, run in groupby(range(len(reading.words)), key=lambda index: reading.forms[index] in figures):
        places = list(run)
        if is_figure and len(places) >= SHORTEST_PHONE:
            yield reading.flag((places[0], places[-1] + 1), PERSONAL_DATA, "redact", "weak", PHONE_WHY)


def phones(folded: Folded) -> list[tuple[int, int]]:
    """Where phone numbers stand in the folded text."""
    return [match.span() for match in PHONE.finditer(folded.text)]


def _found(
    text: str,
    folded: Folded,
    span: tuple[int, int],
    taken: list[tuple[int, int]],
    verdict: tuple["str | Promise", Strength],
) -> Iterator[Flag]:
    start, end = folded.span(*span)
    if any(start < other_end and other_start < end for other_start, other_end in taken):
        return
    taken.append((start, end))
    yield Flag(PERSONAL_DATA, "redact", start, end, text[start:end], verdict[1], verdict[0])


def _is_plate(match: re.Match[str], folded: Folded, text: str) -> bool:
    address, vehicle = _beside_plates()
    area, number, letters = match.groups()
    before = folded.text[max(0, match.start() - CONTEXT) : match.start()]
    lists = entries("personal_data")
    if area not in lists["plate_areas"] or letters in lists["no_plate_letters"] or address.search(before):
        return False
    start, end = folded.span(*match.span())
    in_capitals = text[start:end].isupper() and not text.isupper()
    is_whole = len(number) >= FIGURES and len(letters) >= LETTERS
    return (in_capitals and is_whole) or (len(number) > 1 and vehicle.search(before) is not None)
