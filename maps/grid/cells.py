"""SQL that counts all reports of cells, of some areas or of all, from the rows of maps_cell and what is pending.

Where it answers it costs a tenth of what `reading` does, which answers every filter: a cell is one row.
"""

from typing import Final

from geo_reports.filters import ReportFilters
from geo_reports.workflow import Status
from maps.grid.conditions import Conditions, Window
from maps.grid.reading import Statement
from maps.grid.slices import FINEST_CELL
from maps.grid.summing import BY_STATUS
from maps.world import BITS

COLUMNS: Final = ", ".join(("cell", "n", "x", "y", "ids", *BY_STATUS))
ONE_STATUS: Final = ", ".join(f"CASE WHEN status = '{status.value}' THEN sign ELSE 0 END" for status in Status)
COUNTED: Final = "SELECT {columns} FROM maps_cell WHERE level = %s{where}"
PENDING: Final = """
SELECT key >> {shift}, sign, sign::bigint * x, sign::bigint * y, sign * report, {one_status}
FROM maps_pending WHERE true{where}
"""


def answer(filters: ReportFilters, window: Window) -> bool:
    """Whether the filter is nothing but areas, and the cells are not too small."""
    areas_only = ReportFilters(kecamatan=filters.kecamatan, kelurahan=filters.kelurahan)
    return window.zoom <= FINEST_CELL and filters == areas_only


def in_cells(filters: ReportFilters, window: Window) -> Statement:
    """All public reports with a point in some cells; `cell` is their Morton code, each status has a column."""
    counted, pending = Conditions(), Conditions()
    for where, column, zoom in ((counted, "cell", window.zoom), (pending, "key", BITS)):
        where.among("kecamatan", filters.kecamatan)
        where.among("kelurahan", filters.kelurahan)
        window.restrict(where, column, zoom)
    of_cells = COUNTED.format(columns=COLUMNS, where=counted.text)
    of_pending = PENDING.format(shift=2 * (BITS - window.zoom), one_status=ONE_STATUS, where=pending.text)
    params = (window.zoom, *counted.params, *pending.params)
    return Statement(f"{of_cells} UNION ALL {of_pending}", params, COLUMNS, has_one_plan=True)
