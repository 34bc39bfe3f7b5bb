"""The tables of the page as CSV (UTF-8, comma; empty cells: too few, or not known), and its cells as GeoJSON."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from analytics.places.density import Row
from analytics.places.page import Places
from analytics.places.wording import LABELS
from geo_reports.models import Report

Line = Iterable[object]
_VERDICT: Final = (
    "laporan",
    "luas_km2",
    "laporan_per_km2",
    "per_km2_bersama_tetangga",
    "z",
    "p_terkoreksi",
    "kepadatan",
)
# What the level is called in files; in the order of the page.
_LEVELS: Final = {"city": "kota", "agency_id": "skpd", "category_id": "kategori", "kelurahan_id": "kelurahan"}


def _cells(found: Places) -> Iterable[Line]:
    yield ("sel", "kelurahan", "lintang", "bujur", *_VERDICT)
    for row in found.cells.rows:
        if row.cell:
            lat, lon = row.cell.middle
            yield (row.code, found.names.cell(row.cell.kelurahan), f"{lat:.5f}", f"{lon:.5f}", *_verdict(row))


def _kelurahan(found: Places) -> Iterable[Line]:
    yield ("kelurahan", "nama", "kecamatan", *_VERDICT)
    for row in found.kelurahan.rows:
        area = found.names.kelurahan[row.code]
        yield (row.code, area.name, area.kecamatan.name, *_verdict(row))


def _verdict(row: Row) -> Line:
    density = (f"{row.per_km2:.1f}", _part(row.around_per_km2, 1))
    return (row.n, f"{row.area_km2:.4f}", *density, _part(row.z, 3), _part(row.p, 6), LABELS[row.density])


def _recurrence(found: Places) -> Iterable[Line]:
    yield ("menurut", "kode", "selesai_diikuti", "dilaporkan_lagi", "persen_12_bulan", "bawah_95", "atas_95")
    for level, rows in found.recurrence.items():
        for row in rows:
            share = row.share
            parts = (_part(share.value, 1), _part(share.low, 1), _part(share.high, 1))
            yield (_LEVELS[level], row.key, row.followed, row.returned, *parts)


def _spots(found: Places) -> Iterable[Line]:
    yield (
        "laporan_selesai", "kategori", "skpd", "kelurahan", "lintang", "bujur", "selesai", "laporan_baru",
        "pertama", "terakhir",
    )  # fmt: skip
    for spot in found.spots:
        report = spot.report
        times = (spot.fixed_at.isoformat(), spot.returns, spot.first_at.isoformat(), spot.last_at.isoformat())
        yield (report.code, report.category_id, report.agency_id, report.kelurahan_id, *_lat_lon(report), *times)


def _lat_lon(report: Report) -> Line:
    point = report.public_point
    return (f"{point.y:.5f}", f"{point.x:.5f}") if point else ("", "")


def _part(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:.{places}f}"


TABLES: Final[Mapping[str, Callable[[Places], Iterable[Line]]]] = {
    "sel": _cells,
    "kelurahan": _kelurahan,
    "berulang": _recurrence,
    "titik": _spots,
}


def as_csv(name: str, found: Places) -> str:
    """One of TABLES."""
    text = io.StringIO()
    csv.writer(text).writerows(TABLES[name](found))
    return text.getvalue()


def as_geojson(found: Places) -> str:
    """The hexagons with their verdicts, as a popup says them; `few`: too few reports for any verdict."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": row.code,
            "geometry": json.loads(row.cell.shape),
            "properties": {
                "name": found.names.cell(row.cell.kelurahan),
                "n": row.n,
                "density": row.density,
                "label": str(LABELS[row.density]),
                "z": None if row.z is None else round(row.z, 2),
                "p": None if row.p is None else round(row.p, 4),
            },
        }
        for row in found.cells.rows
        if row.cell
    ]
    collection = {"type": "FeatureCollection", "few": found.cells.is_few, "features": features}
    return json.dumps(collection, separators=(",", ":"))
