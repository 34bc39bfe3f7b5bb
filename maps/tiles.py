"""Vector tiles: the public reports of a tile, gathered into cells of the screen, encoded in the database.

A tile has 8 x 8 cells (32 pixels each on a tile of 256), about as wide as the markers of the map;
each cell with reports is one point at their centre of mass, with exact counts. So a tile costs what
its cells cost. Cells around the tile come along, so that nothing is cut at its edge: they lie outside 0 to 4095.
"""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.gis.db.models import Extent
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports.filters import ReportFilters
from geo_reports.models import KecamatanBoundary
from geo_reports.workflow import OPEN, Status
from maps import prepared
from maps.collections import DECIMALS
from maps.grid import cells, reading
from maps.grid.conditions import Window
from maps.grid.slices import COARSEST
from maps.params import MAX_ZOOM
from maps.world import BITS, Square

LAYER: Final = "laporan"
CONTENT_TYPE: Final = "application/vnd.mapbox-vector-tile"
EXTENT: Final = 4096
CELLS: Final = 3  # 2^3 cells along an edge

# A cell's fields, for people who read tiles in a GIS.
FIELDS: Final = {
    "sel": gettext_lazy("Sel sebagai alamat ubin: zoom/kolom/baris."),
    "jumlah": gettext_lazy("Banyak laporan dalam sel."),
    "terbuka": gettext_lazy("Banyak laporan yang masih terbuka."),
    "kode": gettext_lazy("Nomor laporan bila hanya satu."),
    "status": gettext_lazy("Status laporan bila hanya satu."),
    "kategori": gettext_lazy("Kode kategori laporan bila hanya satu."),
}

# A column per status is quicker than JSON; what is NULL is left out of a tile.
NAMES: Final = {status: f"n_{status.value}" for status in Status}
SHOWN: Final = ", ".join(f"CASE WHEN n > 1 THEN {name} END AS {name}" for name in NAMES.values())
IS_OPEN: Final = ", ".join(f"'{status}'" for status in sorted(OPEN))
COUNTED_BY_ROWS: Final = {
    "counts": ", ".join(
        f"nullif(sum(n) FILTER (WHERE status = '{status.value}'), 0)::integer AS {name}"
        for status, name in NAMES.items()
    ),
    "open_n": f"coalesce(sum(n) FILTER (WHERE status IN ({IS_OPEN})), 0)",
}
COUNTED_BY_COLUMNS: Final = {
    "counts": ", ".join(f"nullif(sum({name}), 0)::integer AS {name}" for name in NAMES.values()),
    "open_n": f"sum({' + '.join(NAMES[status] for status in sorted(OPEN))})",
}
# Sums as doubles are quicker than numeric ones and exact up to 2^53: that many units are eight million reports in one
# cell, where the centre of mass no longer shows them; an id is read only where there is one report.
TILE: Final = """
WITH part ({columns}) AS ({parts}),
gathered AS (
    SELECT cell >> %s AS cell, sum(n)::integer AS n, {open_n}::integer AS open_n,
        sum(x::float8) / nullif(sum(n), 0) AS x, sum(y::float8) / nullif(sum(n), 0) AS y,
        CASE WHEN sum(n) = 1 THEN sum(ids::float8)::bigint END AS id,
        {counts}
    FROM part GROUP BY 1 HAVING sum(n) > 0
)
SELECT ST_AsMVT(feature, %s, %s, 'at') FROM (
    SELECT ST_MakePoint(floor((x - %s) * %s), floor((y - %s) * %s)) AS at,
        %s || '/' || (floor(x)::bigint >> %s) || '/' || (floor(y)::bigint >> %s) AS sel,
        n AS jumlah, open_n AS terbuka, single.*, {shown}
    FROM gathered
    LEFT JOIN LATERAL (
        SELECT code AS kode, status, category_id AS kategori FROM geo_reports_report
        WHERE id = gathered.id
    ) single ON true
    ORDER BY n
) feature
"""


def tile(filters: ReportFilters, of: Square) -> bytes:
    """The tile as a Mapbox Vector Tile (version 2); empty where nothing is. One query, two for ranges of days."""
    zoom = of.zoom + CELLS
    counted = max(zoom, COARSEST)
    shift = 2 * (counted - zoom)
    window = Window(counted, of.codes(counted), tuple(of.rim(zoom)), zoom)
    has_columns = cells.answer(filters, window)
    found = (cells if has_columns else reading).in_cells(filters, window)
    scale = EXTENT / of.units
    west, north = of.column * of.units, of.row * of.units
    sel = (str(zoom), BITS - zoom, BITS - zoom)
    params = (*found.params, shift, LAYER, EXTENT, west, scale, north, scale, *sel)
    how = COUNTED_BY_COLUMNS if has_columns else COUNTED_BY_ROWS
    text = TILE.format(columns=found.columns, parts=found.text, shown=SHOWN, **how)
    return bytes(prepared.first_row(text, params, is_planned_once=found.has_one_plan)[0])


def describe(absolute: Callable[[str], str], filters: ReportFilters) -> dict[str, Any]:
    """TileJSON 3.0.0 of the tiles of a filter; `absolute` makes a full address of a path. One query."""
    template = reverse("maps:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}")
    query = filters.query()
    area = {"bounds": bounds} if (bounds := _bounds()) else {}
    return area | {
        "tilejson": "3.0.0",
        "name": _("Laporan warga"),
        "description": _("Laporan warga yang boleh dilihat umum, dihimpun dalam sel dengan jumlah yang tepat."),
        "scheme": "xyz",
        "tiles": [absolute("/").rstrip("/") + template + (f"?{query}" if query else "")],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "vector_layers": [{"id": LAYER, "description": _("Sel dengan laporan"), "fields": _fields()}],
    }


def _fields() -> dict[str, str]:
    by_status = {
        f"n_{status.value}": _("Banyak laporan berstatus “%(status)s”.") % {"status": status.label} for status in Status
    }
    return {name: str(words) for name, words in FIELDS.items()} | by_status


def _bounds() -> list[float] | None:
    """West, south, east, north of the city in degrees; reports may lie outside."""
    in_force = KecamatanBoundary.objects.filter(version__valid_to=None)
    extent = in_force.aggregate(extent=Extent("geometry"))["extent"]
    return [round(edge, DECIMALS) for edge in extent] if extent else None
