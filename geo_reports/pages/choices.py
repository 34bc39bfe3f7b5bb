"""The filter of a list as people see it: what can be chosen, what is chosen, how to take it away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.contrib.gis.db.models import Extent
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo_reports.filters import ReportFilters
from geo_reports.forms.filters import STATUS_CHOICES
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan, KelurahanBoundary
from geo_reports.templatetags.look import category_label

Option = tuple[str, str]


@dataclass(frozen=True)
class Choice:
    """One select: `groups` are (heading, options); `value` is what is chosen now."""

    name: str
    label: str
    anything: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]
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


def filter_choices(filters: ReportFilters) -> list[Choice]:
    """What each select of the filter offers; 4 queries."""
    categories = [(category.slug, category_label(category)) for category in Category.objects.all()]
    agencies = [(agency.slug, agency.short_name) for agency in Agency.objects.all()]
    areas = [(area.code, area.name) for area in Kecamatan.objects.order_by("name")]
    return [
        _choice("kategori", _("Kategori"), _("Semua kategori"), categories, filters.kategori),
        _choice("status", _("Status"), _("Semua status"), STATUS_CHOICES, filters.status),
        _choice("skpd", _("SKPD"), _("Semua SKPD"), agencies, filters.skpd),
        _choice("kecamatan", _("Kecamatan"), _("Semua kecamatan"), areas, filters.kecamatan),
        Choice(
            "kelurahan", _("Kelurahan"), _("Semua kelurahan"), kelurahan_by_kecamatan(), ",".join(filters.kelurahan)
        ),
    ]


def _choice(
    name: str, label: str, anything: str, options: Iterable[tuple[object, object]], chosen: tuple[str, ...]
) -> Choice:
    plain = tuple((str(value), str(text)) for value, text in options)
    return Choice(name, label, anything, (("", plain),), ",".join(chosen))


def city_extent() -> tuple[float, float, float, float] | None:
    """West, south, east, north of the boundaries in force (EPSG:4326), for a map that has nothing else to show."""
    current = KelurahanBoundary.objects.filter(version__valid_to=None)
    box: tuple[float, float, float, float] | None = current.aggregate(box=Extent("geometry"))["box"]
    return box


def kelurahan_by_kecamatan() -> tuple[tuple[str, tuple[Option, ...]], ...]:
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
