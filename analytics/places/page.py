"""What the page of hot spots shows for one filter: rows with names and addresses, ready to be written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from analytics.hotspots import MIN_EXPECTED, Density
from analytics.measures import MIN_EVENTS
from analytics.models.places import WITHIN_M
from analytics.places import counting, finding, hexagons
from analytics.places.counting import PlaceCounts
from analytics.places.density import Layer, Row, by_cell, by_kelurahan
from analytics.places.returning import MIN_FOLLOWED, NOTHING, By, Recurrence, recurrences
from analytics.places.spots import ReturnSpot, return_spots
from analytics.places.wording import CERTAIN, LABELS, Names, names
from geo_reports.filters import ReportFilters

CELLS_SHOWN: Final = 12
CELL_ZOOM, SPOT_ZOOM = 15, 18
UNREMARKABLE: Final = {Density.USUAL, Density.UNJUDGED}
SEVERAL: Final = 2  # with too few for a verdict, cells of one report would be all of them
LEGEND: Final = (
    Density.VERY_DENSE, Density.DENSE, Density.USUAL, Density.SPARSE, Density.VERY_SPARSE, Density.UNJUDGED,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Named:
    """A row of a table, numbered where names may be the same, with its name and where its reports are shown."""

    number: int
    name: str
    url: str
    row: Row

    @property
    def label(self) -> str:
        """The verdict in words."""
        return str(LABELS[self.row.density])

    @property
    def certain(self) -> str:
        """How sure the verdict is: "99%", "95%" or ""."""
        return CERTAIN.get(self.row.density, "")


@dataclass(frozen=True, eq=False)
class NamedRecurrence:
    """A row of a table of recurrence."""

    name: str
    found: Recurrence


@dataclass(frozen=True, eq=False)
class NamedSpot:
    """A place where reports came back, numbered as on the map; the list and the map of its reports."""

    number: int
    spot: ReturnSpot
    list_url: str
    map_url: str


class Places:
    """What can be counted for one filter; each part when it is asked for, and then once."""

    def __init__(self, filters: ReportFilters) -> None:
        self.filters = filters

    @cached_property
    def counts(self) -> PlaceCounts:
        """Reports per cell and kelurahan. 1 query."""
        return counting.counts(self.filters)

    @cached_property
    def cells(self) -> Layer:
        """The hexagons. 1 query, 1 more when the boundaries are new."""
        return by_cell(self.counts)

    @cached_property
    def kelurahan(self) -> Layer:
        """The kelurahan. 1 query, 2 more when the boundaries are new."""
        return by_kelurahan(self.counts)

    @cached_property
    def as_of(self) -> datetime:
        """Until when recurrence is known. 1 query."""
        return finding.as_of()

    @cached_property
    def recurrence(self) -> dict[By, list[Recurrence]]:
        """The settled reports. 1 query."""
        return recurrences(self.filters, self.as_of)

    @property
    def whole(self) -> Recurrence:
        """All settled reports of the filter."""
        found = self.recurrence["city"]
        return found[0] if found else NOTHING

    @cached_property
    def spots(self) -> list[ReturnSpot]:
        """Where most came back. 2 queries."""
        return return_spots(self.filters)

    @cached_property
    def names(self) -> Names:
        """How everything is called. 3 queries."""
        return names()


def context(found: Places, *, is_whole: bool) -> dict[str, Any]:
    """What the template shows; with `is_whole` every cell that holds reports, else the most remarkable."""
    cells = [row for row in found.cells.rows if row.n or row.density not in UNREMARKABLE]
    shown = cells if is_whole else _most_remarkable(cells, is_few=found.cells.is_few)
    return {
        "counts": found.counts,
        "cells": found.cells,
        "kelurahan": found.kelurahan,
        "whole": found.whole,
        "cell_rows": [_named_cell(found, number, row) for number, row in enumerate(shown, start=1)],
        "cells_left": len(cells) - len(shown),
        "kelurahan_rows": [
            _named_kelurahan(found, number, row) for number, row in enumerate(found.kelurahan.rows, start=1)
        ],
        "recurrence": _tables(found),
        "spots": _named_spots(found),
        "legend": [(density, LABELS[density], CERTAIN.get(density, "")) for density in LEGEND],
        "as_of": found.as_of,
        "within_m": WITHIN_M,
        "min_events": MIN_EVENTS,
        "min_followed": MIN_FOLLOWED,
        "min_expected": MIN_EXPECTED,
        "across_m": hexagons.ACROSS_M,
    }


def _most_remarkable(cells: Sequence[Row], *, is_few: bool) -> Sequence[Row]:
    """The first ones; where nothing is judged, only those with several reports."""
    return [row for row in cells if row.n >= SEVERAL or not is_few][:CELLS_SHOWN]


def _named_cell(found: Places, number: int, row: Row) -> Named:
    lat, lon = row.cell.middle if row.cell else (0.0, 0.0)
    name = found.names.cell(row.cell.kelurahan) if row.cell else row.code
    return Named(number, name, map_url(found.filters, CELL_ZOOM, lat, lon), row)


def _named_kelurahan(found: Places, number: int, row: Row) -> Named:
    area = found.names.kelurahan[row.code]
    return Named(number, area.label, _list_url(found.filters.query(kelurahan=row.code, kecamatan="")), row)


def _tables(found: Places) -> list[tuple[By, list[NamedRecurrence]]]:
    """By SKPD, category and kelurahan; groups without a settled report that can be followed are left out."""
    called: dict[By, Callable[[str], str]] = {
        "agency_id": lambda key: found.names.agencies.get(key, key),
        "category_id": lambda key: found.names.categories.get(key, key),
        "kelurahan_id": lambda key: found.names.kelurahan[key].label if key in found.names.kelurahan else "",
    }
    return [(by, _named(found.recurrence[by], name)) for by, name in called.items()]


def _named(rows: Iterable[Recurrence], called: Callable[[str], str]) -> list[NamedRecurrence]:
    return [NamedRecurrence(called(row.key), row) for row in rows if row.followed]


def _named_spots(found: Places) -> Sequence[NamedSpot]:
    return [_named_spot(number, spot) for number, spot in enumerate(found.spots, start=1)]


def _named_spot(number: int, spot: ReturnSpot) -> NamedSpot:
    report = spot.report
    since, until = timezone.localdate(spot.fixed_at), timezone.localdate(spot.last_at)
    filters = ReportFilters(kategori=(report.category_id,), dari=since, sampai=until)
    area = filters.query(kelurahan=report.kelurahan_id or "")
    point = report.public_point
    lat, lon = (point.y, point.x) if point else (0.0, 0.0)
    return NamedSpot(number, spot, _list_url(area), map_url(filters, SPOT_ZOOM, lat, lon))


def map_url(filters: ReportFilters, zoom: int, lat: float, lon: float) -> str:
    """The city's map with this filter, at a place; as the map itself writes it."""
    return f"{reverse('home')}?{filters.query(peta=f'{zoom}/{lat:.5f}/{lon:.5f}').replace('%2F', '/')}"


def _list_url(query: str) -> str:
    return f"{reverse('reports:list')}?{query}"
