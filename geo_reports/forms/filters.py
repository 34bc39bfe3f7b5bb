"""The public filter: from a query string to `ReportFilters`, with a sentence for what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Manager
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan
from geo_reports.workflow import Status

STATUS_CHOICES = [
    ("open", _("Masih terbuka")),
    ("overdue", _("Lewat tenggat")),
    ("closed", _("Sudah ditutup")),
    *Status.choices,
]
EARLIEST = date(2000, 1, 1)
MAX_VALUES = 60
FEWEST_LETTERS = 3  # with fewer, no index of three-letter pieces can help, and nearly every report matches
REFERENCE: dict[str, Manager[Any]] = {
    "kategori": Category.objects,
    "skpd": Agency.objects,
    "kecamatan": Kecamatan.objects,
    "kelurahan": Kelurahan.objects,
}
BAD_DATE = {"invalid": _("Tulis tanggal yang benar, contoh 2025-03-12.")}


class InvalidFilter(ValueError):
    """The address asks for something that does not exist; `str()` is a sentence for people."""


def named(value: str) -> str:
    """What an address says, as a sentence about it names it: not too long, null characters as a sign to be seen."""
    return value[:60].replace("\0", "\N{REPLACEMENT CHARACTER}")


class ListField(forms.Field):
    """Comma-separated slugs, all of which must exist. Cleans to a tuple without repetitions."""

    def __init__(self, known: str, **kwargs: object) -> None:
        super().__init__(required=False, **kwargs)  # type: ignore[arg-type]
        self.known = known

    def to_python(self, value: str | None) -> tuple[str, ...]:
        """Split; the order of first appearance is kept."""
        parts = (part.strip() for part in (value or "").split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def validate(self, value: tuple[str, ...]) -> None:
        """Refuse what is not in the reference data, naming it."""
        if len(value) > MAX_VALUES:
            raise ValidationError(_("Terlalu banyak nilai pada %(field)s."), params={"field": self.known})
        unknown = set(value) - self.existing(value)
        if unknown:
            raise ValidationError(_("“%(value)s” tidak dikenal."), params={"value": named(", ".join(sorted(unknown)))})

    def existing(self, value: tuple[str, ...]) -> set[str]:
        """Those of `value` that exist; statuses are code, everything else is a row."""
        if not value:
            return set()
        if self.known == "status":
            return {str(slug) for slug, _label in STATUS_CHOICES} & set(value)
        clean = [part for part in value if "\0" not in part]
        return set(REFERENCE[self.known].filter(pk__in=clean).values_list("pk", flat=True))


class FilterForm(forms.Form):
    """The filters of every public page, with the same names everywhere."""

    kategori = ListField("kategori", label=_("Kategori"))
    status = ListField("status", label=_("Status"))
    skpd = ListField("skpd", label=_("SKPD"))
    kecamatan = ListField("kecamatan", label=_("Kecamatan"))
    kelurahan = ListField("kelurahan", label=_("Kelurahan"))
    dari = forms.DateField(label=_("Dari tanggal"), required=False, input_formats=["%Y-%m-%d"], error_messages=BAD_DATE)
    sampai = forms.DateField(
        label=_("Sampai tanggal"), required=False, input_formats=["%Y-%m-%d"], error_messages=BAD_DATE
    )
    q = forms.CharField(label=_("Cari"), required=False, max_length=100)

    def clean_dari(self) -> date | None:
        """A day that the database can compare with."""
        return self._plausible("dari")

    def clean_sampai(self) -> date | None:
        """A day that the database can compare with."""
        return self._plausible("sampai")

    def clean_q(self) -> str:
        """Words that say something."""
        words: str = self.cleaned_data["q"]
        if words and sum(letter.isalnum() for letter in words) < FEWEST_LETTERS:
            raise ValidationError(_("Tulis sedikitnya %(n)s huruf atau angka."), params={"n": FEWEST_LETTERS})
        return words

    def _plausible(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not EARLIEST <= day <= date(date.today().year + 1, 12, 31):  # noqa: DTZ011  (a loose bound)
            raise ValidationError(_("Tanggal di luar rentang yang masuk akal."))
        return day

    def clean(self) -> dict[str, object]:
        """A range that runs backwards is a slip, not an empty result."""
        start, end = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        if start and end and start > end:
            raise ValidationError(_("“Dari tanggal” harus sebelum “Sampai tanggal”."))
        return self.cleaned_data


def _joined(query: QueryDict) -> dict[str, str]:
    """One string per filter: `?status=a&status=b`, as a plain HTML form sends it, equals `a,b`."""
    lists = ("kategori", "status", "skpd", "kecamatan", "kelurahan")
    return {name: ",".join(query.getlist(name)) for name in lists} | {
        name: query.get(name, "") for name in ("dari", "sampai", "q")
    }


def read_filters(query: QueryDict) -> ReportFilters:
    """The filter that an address asks for; parameters that are not filters are ignored.

    Raises InvalidFilter with a sentence for people when a value is malformed or unknown.
    """
    asked = _joined(query)
    if not any(asked.values()):
        return ReportFilters()
    form = FilterForm(asked)
    if not form.is_valid():
        name, errors = next(iter(form.errors.as_data().items()))
        label = form.fields[name].label if name in form.fields else ""
        sentence = " ".join(errors[0].messages)
        raise InvalidFilter(f"{label}: {sentence}" if label else sentence)
    return ReportFilters(**form.cleaned_data)
