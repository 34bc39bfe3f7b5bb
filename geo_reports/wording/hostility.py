"""Hate against a people or a religion, and threats against persons.

A people, a religion or a house of prayer may be named in a report: only contempt beside it counts.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import HATE, VIOLENCE, Flag
from geo_reports.wording.reading import Reading

HATEFUL = _("Suku, agama, ras, atau golongan disebut bersama kata yang merendahkan.")
SLUR = _("Sebutan yang merendahkan suku, agama, ras, atau golongan.")
THREAT = _("Terbaca sebagai ancaman kekerasan kepada orang.")


def hate(reading: Reading) -> Iterator[Flag]:
    """Flag slurs, and groups of people beside words of contempt."""
    ordinary = reading.covered("hate", "ordinary")
    for place in reading.find("hate", "slurs"):
        if ordinary.isdisjoint(range(*place)):
            yield reading.flag(place, HATE, "withhold", "strong", SLUR)
    named_after_them = reading.covered("hate", "places")
    hostile = reading.covered("hate", "hostile") - ordinary
    people = reading.covered("hate", "people_of")
    hostile |= reading.covered("insults", "insult") | reading.covered("insults", "profane")
    for place in reading.find("hate", "groups"):
        if not ordinary.isdisjoint(range(*place)) or place[0] - 1 in named_after_them:
            continue
        is_people = reading.near(place, people, before=2, after=0)
        reach = 8 if is_people else 2
        if reading.before(place[0]) == "dasar" or reading.near(
            place, hostile, before=reach, after=reach, anywhere=is_people
        ):
            yield reading.flag(place, HATE, "withhold", "strong" if is_people else "weak", HATEFUL)


def threats(reading: Reading) -> Iterator[Flag]:
    """Flag threats: a violent verb between somebody who threatens and somebody who is threatened."""
    harmless = reading.covered("hate", "harmless")
    for place in reading.find("hate", "warnings"):
        yield reading.flag(place, VIOLENCE, "withhold", "strong", THREAT)
    speakers, aimed = reading.covered("people", "first"), reading.targets | reading.covered("hate", "victims")
    intent = reading.covered("hate", "intent")
    for place in reading.find("hate", "violent"):
        if not harmless.isdisjoint(range(*place)):
            continue
        speaks = reading.near(place, speakers, before=1, after=0) or (
            reading.near(place, speakers, before=3, after=0) and reading.near(place, intent, before=1, after=0)
        )
        speaks = speaks or reading.forms[place[0]].startswith("ku")
        strikes = reading.near(place, aimed, before=0, after=3)
        is_end = reading.behind(place[1]) in ("", "sampai", "saja", "satu")
        if speaks and (strikes or is_end):
            yield reading.flag(place, VIOLENCE, "withhold", "strong", THREAT)
        elif (
            not speaks
            and reading.behind(place[1]) == "saja"
            and reading.near(place, reading.targets, before=3, after=4)
        ):
            yield reading.flag(place, VIOLENCE, "withhold", "weak", THREAT)
    deserved = reading.covered("hate", "deserved")
    for place in reading.find("hate", "punished"):
        if reading.near(place, deserved, before=2, after=0) and reading.near(place, reading.targets, before=4, after=4):
            yield reading.flag(place, VIOLENCE, "withhold", "weak", THREAT)
