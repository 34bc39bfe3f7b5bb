"""The two periods of a comparison: how an address writes them, and what is wrong with what it writes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics.last_month import last_full, months_until
from geo_reports.forms.filters import EARLIEST

USUAL_MONTHS: Final = 3
LATEST: Final = date(2100, 1, 1)


class Incomparable(ValueError):
    """Two things that cannot be compared; `str()` is a sentence for people."""


@dataclass(frozen=True)
class Period:
    """Days, both inclusive."""

    since: date
    until: date

    @property
    def label(self) -> str:
        """Its days."""
        return f"{date_format(self.since, 'j M Y')}–{date_format(self.until, 'j M Y')}"  # noqa: RUF001  (from ... to)

    @property
    def written(self) -> str:
        """Its days for machines, as ISO 8601 writes an interval."""
        return f"{self.since.isoformat()}/{self.until.isoformat()}"

    def overlaps(self, other: "Period") -> bool:
        """Whether a day belongs to both."""
        return self.since <= other.until and other.since <= self.until


class PeriodForm(forms.Form):
    """The days of one period, both inclusive."""

    dari = forms.DateField(input_formats=["%Y-%m-%d"])
    sampai = forms.DateField(input_formats=["%Y-%m-%d"])


def read(query: QueryDict, today: date) -> tuple[Period, Period]:
    """The periods of `a_dari`, `a_sampai`, `b_dari`, `b_sampai`; the usual one for which no day is given.

    Raises Incomparable, with each thing that is wrong said once.
    """
    periods: list[Period] = []
    problems: list[str] = []
    called = {"a": _("Periode pertama"), "b": _("Periode kedua")}
    for (side, name), usual in zip(called.items(), usual_periods(today), strict=True):
        given = days_of(side, query)
        form = PeriodForm(given)
        problem = _problem(form, today) if any(given.values()) else ""
        if problem:
            problems.append(f"{name}: {problem}")
        elif any(given.values()):
            periods.append(Period(form.cleaned_data["dari"], form.cleaned_data["sampai"]))
        else:
            periods.append(usual)
    if problems:
        raise Incomparable(" ".join(problems))
    first, second = periods
    if first == second:
        raise Incomparable(_("Pilih dua periode yang berbeda."))
    return first, second


def days_of(side: str, query: QueryDict) -> dict[str, str]:
    """What an address writes as `dari` and `sampai` of the side `a` or `b`; "" where nothing."""
    return {part: query.get(f"{side}_{part}", "") for part in ("dari", "sampai")}


def _problem(form: PeriodForm, today: date) -> str:
    """What is wrong with the days of a period; empty where nothing is."""
    heads = {"dari": _("Dari"), "sampai": _("Sampai")}
    wrong = [heads[name] for name in form.fields if name in form.errors]
    if wrong:
        return _("isi %(fields)s dengan tanggal, misalnya 2026-01-31.") % {
            "fields": _(" dan ").join(f"“{field}”" for field in wrong)
        }
    since, until = form.cleaned_data["dari"], form.cleaned_data["sampai"]
    if not EARLIEST <= since <= until <= LATEST:
        return _("“Dari” harus sebelum “Sampai”, dalam tahun yang masuk akal.")
    if since > today:
        return _("%(day)s belum tiba, jadi belum ada yang dapat dihitung.") % {"day": date_format(since, "j M Y")}
    return ""


def usual_periods(today: date) -> tuple[Period, Period]:
    """The last three full months, and the same months a year before: the same season."""
    last = last_full(today, None, None) or today.replace(day=1)
    before = last.replace(year=last.year - 1)
    return _ending_with(last), _ending_with(before)


def _ending_with(month: date) -> Period:
    last_day = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(months_until(month, USUAL_MONTHS)[0], last_day)


def cautions(first: Period, second: Period, today: date) -> list[str]:
    """What two periods make their comparison worth less, in sentences."""
    found = []
    if first.overlaps(second):
        found.append(
            _(
                "Kedua periode bertumpang tindih: peristiwa di hari yang sama masuk keduanya, sehingga selisih dan "
                "ujinya meleset. Pilih periode yang tidak bertumpang tindih."
            )
        )
    latest = max(first.until, second.until)
    if latest > today:
        found.append(
            _("%(day)s belum tiba: periode itu dihitung sampai hari ini.") % {"day": date_format(latest, "j M Y")}
        )
    return found
