"""What the page of a kecamatan or kelurahan shows, on a screen as on the paper of a meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.filters import ReportFilters
from geo_reports.models import BoundaryVersion, Category, Kecamatan, Kelurahan, ReportQuerySet
from geo_reports.pages.choices import Choice, active_filters
from geo_reports.templatetags.look import category_label
from geo_reports.waits import AreaWaits, Measured, Waits
from maps import boundaries, scripts
from maps.areas import counts as area_counts
from maps.areas import month_bars, outline
from maps.areas.counts import Change, Changes, Counts
from maps.collections import reports
from maps.home import report_config
from maps.measures import AreaCount
from maps.params import Level

CARDS: Final = 4
MOST_POINTS: Final = 300
RAMP: Final = 5
LINE: Final = 9  # letters of a label's line
LINE_HEIGHT: Final = 17

Area = Kecamatan | Kelurahan


@dataclass(frozen=True)
class Row:
    """A kelurahan in the table of its kecamatan, and how dark it is on the map (1 to 5)."""

    area: AreaCount
    url: str
    overdue: int
    change: Change
    waits: Waits
    shade: int


@dataclass(frozen=True)
class Drawn:
    """An area of the drawing: the page it leads to, and its row in the table if it has one."""

    shape: outline.Shape
    name: str
    url: str
    is_here: bool
    row: Row | None = None

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The label's lines and how far each stands from the middle: a long name breaks before its last word."""
        head, _space, tail = self.name.rpartition(" ")
        words = [head, tail] if head and len(self.name) > LINE else [self.name]
        return [(LINE_HEIGHT * (index + 1 - len(words)), word) for index, word in enumerate(words)]


def context(area: Area, chosen: ReportFilters, measured: Measured, at: datetime) -> dict[str, Any]:
    """Everything on the page of `area`; `chosen` narrows it by category and time.

    Some 30 queries, however many reports.
    """
    filters = _within(area, chosen)
    today = timezone.localdate(at)
    categories = list(Category.objects.all())
    counts = area_counts.counted(filters)
    changes = area_counts.changes(filters, today)
    waits = measured(filters, at)
    rows = _rows(counts, changes, waits, chosen) if isinstance(area, Kecamatan) else []
    return {
        "area": area,
        "is_kecamatan": isinstance(area, Kecamatan),
        "filters": chosen,
        "query": filters.query(),
        "choice": _categories(categories, chosen),
        "active": active_filters(chosen),
        "at": at,
        "counts": counts,
        "merged": area_counts.merged(filters),
        "per_inhabitants": counts.per_inhabitants(area.population),
        "changes": changes,
        "waits": waits.whole,
        "chart": month_bars.drawn(area_counts.last_months(filters, today)),
        "categories": area_counts.by_category(filters, categories),
        "rows": rows,
        "map": _map(area, filters, rows, chosen),
        "config": _config(area, filters, chosen, categories),
        "import_map": scripts.import_map(),
        "boundary": BoundaryVersion.objects.filter(valid_to=None).first(),
        "newest": _cards(filters).order_by("-submitted_at", "-pk")[:CARDS],
        "oldest_open": _cards(filters).open().order_by("submitted_at", "pk")[:CARDS],
    }


def _within(area: Area, chosen: ReportFilters) -> ReportFilters:
    if isinstance(area, Kecamatan):
        return replace(chosen, kecamatan=(area.code,))
    return replace(chosen, kelurahan=(area.code,))


def _cards(filters: ReportFilters) -> ReportQuerySet:
    return reports(filters).for_cards()


def _categories(categories: Sequence[Category], chosen: ReportFilters) -> Choice:
    options = tuple((category.slug, category_label(category)) for category in categories)
    return Choice("kategori", _("Kategori"), _("Semua kategori"), (("", options),), ",".join(chosen.kategori))


def address(level: Level, code: str, chosen: ReportFilters) -> str:
    """The page of an area with the same category and days."""
    query = chosen.query()
    return reverse(level, args=[code]) + (f"?{query}" if query else "")


def _rows(counts: Counts, changes: Changes, waits: AreaWaits, chosen: ReportFilters) -> list[Row]:
    shades = _shades({area.code: area.open for area in counts.areas})
    return [
        Row(
            area,
            address(Level.KELURAHAN, area.code, chosen),
            counts.overdue_by_code.get(area.code, 0),
            changes.kelurahan[area.code],
            waits.of(area.code),
            shades[area.code],
        )
        for area in counts.areas
    ]


def _shades(values: Mapping[str, int]) -> dict[str, int]:
    """One of five classes by quantile for each; equal values are equally dark, none at all is lightest."""
    ordered = sorted(value for value in values.values() if value)
    ranks = {value: RAMP * ordered.index(value) // len(ordered) + 1 for value in set(ordered)}
    return {code: ranks.get(value, 1) for code, value in values.items()}


def _map(area: Area, filters: ReportFilters, rows: Sequence[Row], chosen: ReportFilters) -> dict[str, Any]:
    """The drawing with what lies on it. Three queries."""
    parent = area.code if isinstance(area, Kecamatan) else area.kecamatan_id
    found = boundaries.current(Level.KELURAHAN, (parent,))
    points = [] if isinstance(area, Kecamatan) else _open_points(filters)
    outlines = {row["code"]: found.outlines[row["code"]] for row in found.areas}
    drawing = outline.drawn(outlines, points, focus=area.code)
    if drawing is None:
        return {"drawing": None}
    names = {row["code"]: row["name"] for row in found.areas}
    by_code = {row.area.code: row for row in rows}
    return {
        "drawing": drawing,
        "shapes": [
            Drawn(
                shape,
                names[shape.code],
                address(Level.KELURAHAN, shape.code, chosen),
                shape.code == area.code,
                by_code.get(shape.code),
            )
            for shape in sorted(drawing.shapes, key=lambda shape: shape.code == area.code)
        ],
        "points": len(drawing.points),
    }


def _config(
    area: Area, filters: ReportFilters, chosen: ReportFilters, categories: Sequence[Category]
) -> dict[str, Any]:
    """What the script needs for the map that moves."""
    is_kecamatan = isinstance(area, Kecamatan)
    parent = area.code if isinstance(area, Kecamatan) else area.kecamatan_id
    return report_config(categories) | {
        "kelurahan": "" if is_kecamatan else area.code,
        "pages": address(Level.KELURAHAN, "KODE", chosen),
        "boundaries": reverse("maps:boundaries", args=[Level.KELURAHAN]) + f"?kecamatan={parent}",
        "query": filters.query(),
    }


def _open_points(filters: ReportFilters) -> list[tuple[float, float]]:
    """Where the newest open reports are shown (lon, lat), at most MOST_POINTS."""
    found = reports(filters).open().located().order_by("-submitted_at", "-pk")
    return [(point.x, point.y) for point in found.values_list("public_point", flat=True)[:MOST_POINTS] if point]
