"""Danger to life, and reports about persons: accusations and victims take the confidential path."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import EMERGENCY, PERSONAL_ATTACK, PERSONAL_DATA, Flag
from geo_reports.wording.reading import Reading

ALARM = _("Mungkin sedang terjadi keadaan darurat: arahkan pelapor ke 112.")
EXTORTION = _("Laporan pungutan liar: tangani lewat jalur rahasia, bukan di peta umum.")
CORRUPTION = _("Tuduhan korupsi atau suap kepada orang atau kantor: tangani lewat jalur rahasia.")
HARM = _("Menyangkut korban atau pelaku kekerasan atau kejahatan: tangani lewat jalur rahasia.")
ATTACK = _("Tuduhan kepada orang tertentu tanpa bukti.")


def emergencies(reading: Reading) -> Iterator[Flag]:
    """Flag danger to life that is said to be now; past, possible and figurative danger is not meant."""
    past = frozenset(reading.clauses[index] for index in reading.covered("persons", "not_now"))
    alarms = [place for place in reading.find("persons", "alarms") if reading.clauses[place[0]] not in past]
    for place in alarms[:1]:
        yield reading.flag(place, EMERGENCY, "withhold", "strong", ALARM)
    now = reading.covered("persons", "now") - reading.covered("persons", "not_now")
    if alarms or not now:
        return
    for place in reading.find("persons", "dangers"):
        if reading.near(place, now, before=8, after=8, anywhere=True) and reading.clauses[place[0]] not in past:
            yield reading.flag(place, EMERGENCY, "withhold", "weak", ALARM)
            return


def confidential(reading: Reading) -> Iterator[Flag]:
    """Flag what belongs on the confidential path."""
    for place in reading.find("persons", "extortion"):
        yield reading.flag(place, PERSONAL_ATTACK, "confidential", "strong", EXTORTION)
    accused = reading.covered("people", "accountable") | reading.names
    for place in reading.find("persons", "corruption"):
        if reading.near(place, accused, before=8, after=8, anywhere=True):
            yield reading.flag(place, PERSONAL_ATTACK, "confidential", "strong", CORRUPTION)
    for place in reading.find("persons", "harm"):
        yield reading.flag(place, PERSONAL_DATA, "confidential", "strong", HARM)


def attacks(reading: Reading) -> Iterator[Flag]:
    """Flag accusations against a named or neighbouring private person."""
    private = reading.names | {index for index, form in enumerate(reading.forms) if form in ("tetangga", "ketua")}
    called = reading.covered("persons", "is_one")
    crimes = [place for place in reading.find("persons", "crimes") if reading.near(place, called, before=1, after=0)]
    for place in sorted([*reading.find("persons", "attacks"), *crimes]):
        if reading.near(place, private, before=7, after=2):
            yield reading.flag(place, PERSONAL_ATTACK, "withhold", "weak", ATTACK)
            return
