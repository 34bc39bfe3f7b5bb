"""Texts that are no report: private matters, elections, pornography, nothing at all."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo_reports.wording.flags import CAMPAIGN, INCOMPLETE, OFF_TOPIC, VIOLENCE, Flag
from geo_reports.wording.reading import Reading

PRIVATE = _("Urusan pribadi, ucapan, atau hiburan, tanpa kata tentang layanan kota.")
ELECTION = _("Ajakan memilih atau mendukung calon atau partai.")
PORNOGRAPHIC = _("Tawaran atau kata pornografi.")
NOTHING = _("Terlalu sedikit isi untuk ditindaklanjuti: pelapor dapat melengkapinya.")

FEWEST_WORDS = 2
SHORTEST_CODE = 5


def off_topic(reading: Reading) -> Iterator[Flag]:
    """Flag a text on private matters in which no word of the city's services stands."""
    places = reading.find("topics", "off_topic")
    if places and not reading.has("topics", "civic"):
        yield reading.flag(places[0], OFF_TOPIC, "withhold", "weak" if len(places) == 1 else "strong", PRIVATE)


def campaign(reading: Reading) -> Iterator[Flag]:
    """Flag calls to vote for somebody; a banner of a candidate is a report."""
    yield from _unless_reported(reading, "campaign", CAMPAIGN, ELECTION)


def pornography(reading: Reading) -> Iterator[Flag]:
    """Flag pornographic words; who complains about prostitution reports a matter of public order."""
    yield from _unless_reported(reading, "pornography", VIOLENCE, PORNOGRAPHIC)


def _unless_reported(reading: Reading, name: str, reason: str, why: "str | Promise") -> Iterator[Flag]:
    places = reading.find("topics", name)
    if places and not reading.has("topics", f"{name}_reported"):
        yield reading.flag(places[0], reason, "withhold", "strong" if len(places) > 1 else "weak", why)


def incomplete(reading: Reading, *, is_flagged: bool) -> Iterator[Flag]:
    """Flag a text that says nothing.

    Two plain words are enough, or one of the city's services: there is a photo beside it.
    """
    if is_flagged:
        return
    if not reading.words:
        yield Flag(INCOMPLETE, "withhold", 0, len(reading.text), reading.text, "weak", NOTHING)
        return
    empty = reading.covered("topics", "empty")
    telling = [index for index, form in enumerate(reading.forms) if index not in empty and not form.isdigit()]
    # Who names the number of a report asks about that report.
    has_code = any(form.isdigit() and len(form) >= SHORTEST_CODE for form in reading.forms)
    is_thin = not telling or (len(telling) < FEWEST_WORDS and not reading.has("topics", "civic"))
    if is_thin and not has_code:
        yield reading.flag((0, len(reading.words)), INCOMPLETE, "withhold", "weak", NOTHING)
