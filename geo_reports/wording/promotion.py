"""Promotion: words of trade together with links and phone numbers, unless somebody complains about them.

Points, not single words: "jual" and "murah" occur in good reports. Hints for a person.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import PROMOTION, Flag
from geo_reports.wording.lexicon import entries
from geo_reports.wording.personal_data import phones
from geo_reports.wording.reading import Reading

ADVERTISES = _("Kata penawaran, harga, tautan, atau nomor telepon seperti pada iklan.")

# Points: an offer ("diskon", "bergaransi") and a shop's link weigh 2; a word of trade, a way to get
# in touch, a price, any other link and a phone number weigh 1.
HEAVY = 2
ENOUGH, ENOUGH_WHEN_REPORTED, SURELY = 3, 5, 5
MOST_TRADE = 3
PRICE = re.compile(r"(?:rp)?\d{1,6}(?:rb|ribu|k|jt|juta)")


def promotion(reading: Reading) -> Iterator[Flag]:
    """Flag the first word or link that advertises, when the whole adds up to an advertisement."""
    offers = reading.find("promotion", "offers")
    links = [index for index, word in enumerate(reading.words) if word.is_link and "@" not in word.form]
    shops = [index for index in links if _is_shop(reading.words[index].form)]
    trade, trade_points = _trade(reading)
    has_phone = bool(phones(reading.folded)) and not reading.has("promotion", "own_contact")
    evidence = offers + [(index, index + 1) for index in shops]
    if not evidence and (links or has_phone) and trade_points > 1:
        evidence = trade
    points = HEAVY * (len(offers) + len(shops)) + len(links) - len(shops) + has_phone + trade_points
    is_reported = reading.has("promotion", "reported") and reading.has("promotion", "complaint")
    enough = ENOUGH_WHEN_REPORTED if is_reported else ENOUGH
    if evidence and points >= enough:
        yield reading.flag(min(evidence), PROMOTION, "withhold", "strong" if points >= SURELY else "weak", ADVERTISES)


def _trade(reading: Reading) -> tuple[list[tuple[int, int]], int]:
    """Where words that sell stand, and the points of them, of prices and of the ways to get in touch."""
    beside = reading.covered("promotion", "offers") | reading.covered("promotion", "contact")
    selling = [place for place in reading.find("promotion", "trade") if place[0] not in beside]
    distinct = {reading.forms[first] for first, _last in selling}
    has_price = any(PRICE.fullmatch(form) for form in reading.forms)
    points = len(distinct) + has_price + reading.has("promotion", "contact")
    return selling, min(points, MOST_TRADE) if selling else 0


def _is_shop(link: str) -> bool:
    return any(shop in link for shop in entries("promotion")["shops"])
