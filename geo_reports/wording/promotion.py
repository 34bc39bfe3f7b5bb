"""Promotion: words of trade together with links and phone numbers, unless somebody complains about them.

Points, not single words: "jual" and "murah" occur in good reports. Hints for a person.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import PROMOTION, Flag
from geo_reports.wording.lexicon import entries
from geo_reports.wording.personal_data import phones
from geo_reports.wording.reading import Reading

ADVERTISES = _("Kata penawaran, harga, tautan, atau nomor telepon seperti pada iklan.")
FROM_HERE = 3
SURELY = 5
OFFER_POINTS, SHOP_POINTS = 2, 2
MOST_TRADE = 3


def promotion(reading: Reading) -> Iterator[Flag]:
    """Flag the first word or link that advertises, when the whole adds up to an advertisement."""
    offers = reading.find("promotion", "offers")
    covered = {index for place in offers for index in range(*place)}
    trade = [place for place in reading.find("promotion", "trade") if place[0] not in covered]
    links = [index for index, word in enumerate(reading.words) if word.is_link and "@" not in word.form]
    shops = [index for index in links if _is_shop(reading.words[index].form)]
    distinct = {reading.forms[first] for first, _last in trade}
    points = OFFER_POINTS * len(offers) + min(len(distinct), MOST_TRADE) + len(links) + (SHOP_POINTS - 1) * len(shops)
    points += 1 if phones(reading.folded) and not reading.has("promotion", "own_contact") else 0
    enough = FROM_HERE + (2 if _is_reported(reading) else 0)
    evidence = offers or [(index, index + 1) for index in shops]
    if not evidence and (links or phones(reading.folded)):
        evidence = trade if len(distinct) > 1 else []
    # "jual" and "murah" alone are no advertisement: an offer, a shop's link, or a way to call.
    if evidence and (points >= enough or (len(offers) == 1 and _is_short(reading) and points > 1)):
        strength = "strong" if points >= SURELY else "weak"
        yield reading.flag(
            min(evidence), PROMOTION, "withhold", "strong" if strength == "strong" else "weak", ADVERTISES
        )


def _is_shop(link: str) -> bool:
    return any(shop in link for shop in entries("promotion")["shops"])


def _is_reported(reading: Reading) -> bool:
    """Whether a sign, a trader or a trick is complained about."""
    return reading.has("promotion", "reported") and reading.has("promotion", "complaint")


def _is_short(reading: Reading) -> bool:
    return not reading.has("topics", "civic")
