"""Until the page reads tiles: reports in the map's window, gathered into cells of the screen.

So a view never costs more to draw than it has pixels, however many reports there are.
"""

from typing import Final

from django.contrib.gis.geos import Polygon
from django.db.models import F
from django.db.models.expressions import Func
from django.db.models.fields import FloatField
from django.urls import reverse

from geo_reports.filters import ReportFilters
from geo_reports.workflow import OPEN
from maps.collections import DECIMALS, Field, Kind, Rows, compiled, reports
from maps.params import BBox

CELL_PX: Final = 60
MOST_CELLS: Final = 40  # per direction: 2,400 pixels, a large screen
PLACE_LISTED_FROM_ZOOM: Final = 17  # from here on, reports at one and the same place are named
CELL_LISTED_FROM_ZOOM: Final = 18  # from here on a cell is a few houses, and names its reports
MOST_LISTED: Final = 20
EXCERPT: Final = 140  # characters
_TILE_PX: Final = 256
_CODE: Final = "KODE"

CELL_FIELDS: Final = (
    Field("jumlah", "", "Banyak laporan."),
    Field("terbuka", "", "Banyak laporan yang masih terbuka."),
    Field("rentang", "", "Kotak yang memuat titik-titiknya: barat, selatan, timur, utara.", Kind.JSON),
    Field("kode", "", "Nomor laporan bila hanya satu."),
    Field("status", "", "Status laporan bila hanya satu."),
    Field("kategori", "", "Kode kategori laporan bila hanya satu."),
    Field("uraian", "", "Awal uraian yang sudah ditayangkan, bila hanya satu."),
    Field("url", "", "Alamat halaman laporan bila hanya satu."),
    Field("laporan", "", "Nomor, status dan kategori laporan-laporan pada perbesaran tinggi.", Kind.JSON),
)

# Cells are equal steps of a degree: within the latitudes of one city they look square enough, and
# need no projection per report. `public_point`'s GiST index finds the window's reports. Cards are
# looked up by primary key, cell by cell: hence NOT MATERIALIZED, and LATERAL with a LIMIT.
CELLS: Final = """
WITH found AS ({found}),
cell AS (
    SELECT count(*) AS n, count(*) FILTER (WHERE status = ANY(%s)) AS open_n, min(id) AS one,
           avg(x) AS x, avg(y) AS y, min(x) AS west, min(y) AS south, max(x) AS east, max(y) AS north,
           {newest} AS ids
    FROM found
    GROUP BY floor(x / %s), floor(y / %s)
),
card AS NOT MATERIALIZED ({card})
SELECT cell.n, cell.open_n,
       json_build_array(round(west::numeric, %s), round(south::numeric, %s),
                        round(east::numeric, %s), round(north::numeric, %s)),
       card.code, card.status, card.category, left(card.text, %s), %s || card.code || %s,
       listed.reports,
       ST_AsGeoJSON(ST_MakePoint(cell.x, cell.y), %s)
FROM cell
LEFT JOIN LATERAL (SELECT * FROM card WHERE cell.n = 1 AND id = cell.one LIMIT 1) AS card ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('kode', code, 'status', status, 'kategori', category)
                    ORDER BY id DESC) AS reports
    FROM card
    WHERE cell.n > 1 AND id = ANY(cell.ids) AND (%s OR (west = east AND south = north))
) AS listed ON true
ORDER BY cell.n DESC
"""


# Sorting every id of a large window would cost as much as all the rest, so only deep zooms do it.
NEWEST_IDS: Final = f"(array_agg(id ORDER BY id DESC))[1:{MOST_LISTED}]"
NO_IDS: Final = "NULL::bigint[]"


class _Coordinate(Func):
    output_field = FloatField()


def cell_size(window: BBox, zoom: int) -> float:
    """The edge of a cell in degrees: CELL_PX on the screen, more where the window would hold too many."""
    on_screen = CELL_PX * 360 / (_TILE_PX * 2.0**zoom)
    return max(on_screen, window.width / MOST_CELLS, window.height / MOST_CELLS)


def cell_rows(filters: ReportFilters, window: BBox, zoom: int) -> Rows:
    """The cells of `window` (EPSG:4326) that hold public reports, at most about 41 x 41 of them.

    A cell's point is the centre of mass of its reports; a cell with one report carries it. Edges
    of the window belong to it.
    """
    frame = Polygon.from_bbox((window.west, window.south, window.east, window.north))
    frame.srid = 4326
    located = reports(filters).within(frame).order_by()
    x, y = _Coordinate(F("public_point"), function="ST_X"), _Coordinate(F("public_point"), function="ST_Y")
    found, found_params = compiled(located.values_list(F("pk"), F("status"), x, y))
    everything = reports(ReportFilters()).order_by()
    card, card_params = compiled(everything.values_list("pk", "code", "status", "category_id", F("public_text")))
    size = cell_size(window, zoom)
    before, after = reverse("reports:detail", args=[_CODE]).split(_CODE)
    sql = CELLS.format(
        found=_named(found, "id, status, x, y"),
        newest=NEWEST_IDS if zoom >= PLACE_LISTED_FROM_ZOOM else NO_IDS,
        card=_named(card, "id, code, status, category, text"),
    )
    params = (
        *found_params,
        sorted(OPEN),
        size,
        size,
        *card_params,
        *(DECIMALS,) * 4,
        EXCERPT,
        before,
        after,
        DECIMALS,
        zoom >= CELL_LISTED_FROM_ZOOM,
    )
    return Rows(sql, params, CELL_FIELDS)


def _named(sql: str, columns: str) -> str:
    return f"SELECT * FROM ({sql}) AS named ({columns})"  # noqa: S608  (names of this module, SQL of the ORM)
