"""What the scripts of the map page need from the server: modules, addresses, and the first data.

Without a bundler a browser learns of a module only from the one that imports it, and of the data
from the last of them: a round trip per step. So the page names them all beforehand, modules under
addresses that can be kept for ever.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from django.templatetags.static import static
from django.urls import reverse

from geo_reports.filters import ReportFilters
from maps.params import Level, Measure

# Measured by the analytics section, fetched by the page.
FIRST_RESPONSE: Final = "first_response"
ON_TIME: Final = "on_time"
FOLDER: Final = Path(__file__).parent / "static" / "maps"
START: Final = "home.js"
AROUND: Final = "around.js"  # what the first map does not need
# Libraries import each other by name, which only an import map can resolve.
LIBRARIES: Final = {
    "@mapbox/vector-tile": "npm/vector-tile/index.js",
    "@mapbox/point-geometry": "npm/point-geometry/index.js",
    "pbf": "npm/pbf/index.js",
}
_IMPORT: Final = re.compile(r'^(?:import|export)\b[^;]*?\bfrom "\./([\w-]+\.js)";', re.MULTILINE)


def import_map() -> dict[str, str]:
    """What modules call each other -> the address of the file, with the hash of its content where there is one."""
    names = sorted(path.name for path in FOLDER.glob("*.js"))
    start = static(f"maps/{START}").rsplit("/", 1)[0]
    own = {f"{start}/{name}": static(f"maps/{name}") for name in names}
    return own | {name: static(path) for name, path in LIBRARIES.items()}


def needed_at_once() -> list[str]:
    """The addresses of the first module and of all that it imports, directly or not; not what comes on demand."""
    return [static(f"maps/{name}") for name in _closure(START)]


def needed_next() -> list[str]:
    """The addresses of what follows as soon as the map is drawn."""
    return [static(f"maps/{name}") for name in _closure(AROUND) if name not in _closure(START)]


@cache
def _closure(start: str) -> tuple[str, ...]:
    found = [start]
    for name in found:
        imported = _IMPORT.findall((FOLDER / name).read_text())
        found += [other for other in dict.fromkeys(imported) if other not in found]
    return tuple(found)


def addresses() -> dict[str, str]:
    """Where the page's scripts ask what; {…} and KODE are filled in there."""
    return {
        "home": reverse("home"),
        "list": reverse("reports:list"),
        "report": reverse("reports:detail", args=["KODE"]),
        "kecamatan": reverse("maps:boundaries", args=[Level.KECAMATAN]),
        "kelurahan": reverse("maps:boundaries", args=[Level.KELURAHAN]),
        "measures": reverse("maps:measures"),
        "search": reverse("maps:search"),
        "history": reverse("maps:history"),
        "tiles": reverse("maps:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}"),
        "cell": reverse("maps:cell"),
        "waiting": reverse("analytics:areas"),
    }


def first_data(filters: ReportFilters, measure: str) -> list[str]:
    """What the script asks first, spelled as it asks: the browser fetches it while the scripts are still coming."""
    level = Level.KELURAHAN if filters.kecamatan or filters.kelurahan else Level.KECAMATAN
    is_measured = measure in (FIRST_RESPONSE, ON_TIME)
    urls = addresses()
    query = filters.query(level=level, ukuran=Measure.ALL if is_measured else measure)
    outlines = [urls[each] for each in dict.fromkeys((Level.KECAMATAN, level))]
    waiting = [f"{urls['waiting']}?{filters.query(level=level)}"] if is_measured else []
    return [*outlines, f"{urls['measures']}?{query}", *waiting]
