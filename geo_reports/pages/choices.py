"""The filter of a list as people see it: what can be chosen, what is chosen, how to take it away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.contrib.gis.db.models import Extent
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import STATUS_CHOICES
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan, KelurahanBoundary
from geo_reports.templatetags.look import category_label

Option = tuple[str, str]
Groups = tuple[tuple[str, tuple[Option, ...]], ...]


@dataclass(frozen=True)
class Choice:
    """One select: `groups` are (heading, options); `value` is what is chosen now."""

    name: str
    label: str
    anything: str
    groups: Groups
    value: str

    @property
    def is_several(self) -> bool:
        """Whether the address names more than one value, which a select cannot show by itself."""
        return "," in self.value

    @property
    def count(self) -> int:
        """How many values are chosen."""
        return len(self.value.split(","))


@dataclass(frozen=True)
class Active:
    """One part of the filter that is in force, and the query string without it."""

    label: str
    query: str


SELECTS: Final = ("kategori", "status", "skpd", "kecamatan", "kelurahan")


def filter_choices(filters: ReportFilters, names: Sequence[str] = SELECTS) -> list[Choice]:
    """What each select of the filter that is named offers; a query for each but the status."""
    offers: dict[str, tuple[str, str, Callable[[], Groups]]] = {
        "kategori": (_("Kategori"), _("Semua kategori"), _categories),
        "status": (_("Status"), _("Semua status"), lambda: _plain(STATUS_CHOICES)),
        "skpd": (_("SKPD"), _("Semua SKPD"), lambda: _plain(Agency.objects.values_list("slug", "short_name"))),
        "kecamatan": (_("Kecamatan"), _("Semua kecamatan"), _kecamatan),
        "kelurahan": (_("Kelurahan"), _("Semua kelurahan"), kelurahan_by_kecamatan),
    }
    asked = ((name, *offers[name]) for name in SELECTS if name in names)
    return [
        Choice(name, label, anything, groups(), ",".join(getattr(filters, name)))
        for name, label, anything, groups in asked
    ]


def _plain(options: Iterable[tuple[object, object]]) -> Groups:
    """Without headings."""
    return (("", tuple((str(value), str(text)) for value, text in options)),)


def _categories() -> Groups:
    return _plain((category.slug, category_label(category)) for category in Category.objects.all())


def _kecamatan() -> Groups:
    return _plain(Kecamatan.objects.order_by("name").values_list("code", "name"))


def city_extent() -> tuple[float, float, float, float] | None:
    """West, south, east, north of the boundaries in force (EPSG:4326), for a map that has nothing else to show."""
    current = KelurahanBoundary.objects.filter(version__valid_to=None)
    box: tuple[float, float, float, float] | None = current.aggregate(box=Extent("geometry"))["box"]
    return box


def kelurahan_by_kecamatan() -> Groups:
    """Options for a select, grouped under their kecamatan, both by name; 1 query."""
    groups: dict[str, list[Option]] = {}
    for area in Kelurahan.objects.select_related("kecamatan").order_by("kecamatan__name", "name"):
        groups.setdefault(area.kecamatan.label, []).append((area.code, area.name))
    return tuple((label, tuple(options)) for label, options in groups.items())


def active_filters(filters: ReportFilters, **kept: str) -> list[Active]:
    """A chip for each part in force; at most one query per kind of reference data used.

    Without the part, the address keeps what else the page is asked, `kept`.
    """
    names: dict[str, Callable[[Any], list[str]]] = {
        "kategori": lambda found: [category_label(each) for each in Category.objects.filter(pk__in=found)],
        "status": lambda found: [str(label) for slug, label in STATUS_CHOICES if slug in found],
        "skpd": lambda found: [each.short_name for each in Agency.objects.filter(pk__in=found)],
        "kecamatan": lambda found: [each.label for each in Kecamatan.objects.filter(pk__in=found)],
        "kelurahan": lambda found: [f"Kel. {each.name}" for each in Kelurahan.objects.filter(pk__in=found)],
        "dari": lambda day: [since(day)],
        "sampai": lambda day: [until(day)],
        "q": lambda text: [f"“{text}”"],
    }
    values = ((field.name, getattr(filters, field.name)) for field in fields(filters))
    return [
        Active(", ".join(names[name](value)), filters.query(**kept | {name: ""})) for name, value in values if value
    ]


def since(day: date) -> str:
    """The chip of the first day."""
    return _("sejak %(date)s") % {"date": date_format(day, "DATE_FORMAT")}


def until(day: date) -> str:
    """The chip of the last day."""
    return _("sampai %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
