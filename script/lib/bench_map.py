"""The map with every report behind it: tiles, totals, months, and what the counts cost whoever writes."""

import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench_figures import Figure, seconds
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path

from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Category, Kelurahan, Report
from maps.grid import folding, matching
from maps.models import Pending, Spot
from maps.tiles import tile
from maps.world import BITS, Square

ZOOMS = (8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
OVERVIEW = 14
TILES = 40
ROUNDS = 3
EMPTY = "/empty"
CALLS = 200
INSERTS = 300
LOADED = 100_000
# What a tile costs without counts made in advance.
RAW = """
SELECT ST_AsMVT(feature, 'laporan', 4096, 'at') FROM (
    SELECT ST_AsMVTGeom(ST_Transform(public_point, 3857), ST_TileEnvelope(%s, %s, %s)) AS at, code, status
    FROM geo_reports_report
    WHERE visibility IN ('pending', 'published')
        AND public_point && ST_Transform(ST_TileEnvelope(%s, %s, %s), 4326)
) feature
"""
RAW_TOTALS = """
SELECT kecamatan_id, count(*), count(*) FILTER (WHERE closed_at IS NULL) FROM geo_reports_report
WHERE visibility IN ('pending', 'published') GROUP BY 1
"""
COPIED = """
INSERT INTO geo_reports_report (code, submission_id, secret, {columns})
SELECT 'B' || left(md5(%s || id::text), 15), gen_random_uuid(), gen_random_uuid(), {columns}
FROM geo_reports_report WHERE id IN (SELECT id FROM maps_spot ORDER BY id LIMIT %s)
"""
OWN_COLUMNS = ("id", "code", "submission_id", "secret")  # of a report: in no copy of it


def nothing(request: HttpRequest) -> HttpResponse:
    """What Django itself costs, with all middleware."""
    return HttpResponse()


urlpatterns = [path(EMPTY.lstrip("/"), nothing), path("", include("maps.urls"))]


def measure(_reports: int) -> Iterator[Figure]:
    """All figures of the map."""
    folding.fold_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM maps_pending")
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, ROOT_URLCONF=__name__):
        client = Client()
        yield Figure("an empty Django view", median(lambda: client.get(EMPTY)), "ms")
        yield from unfiltered(client)
        for name, query, wanted in questions():
            if "q=" in query:
                yield Figure(f"{name} found for the first time", seconds(lambda q=query: found_anew(q)) * 1000, "ms")
            yield from filtered(client, name, query, wanted)
        yield from totals(client)
    yield from writing()
    if has_all_indexes():
        yield from loading()


def median(do: Callable[[], object], calls: int = CALLS) -> float:
    """Of some calls, in ms."""
    do()
    return statistics.median(seconds(do) * 1000 for _call in range(calls))


def squares(zoom: int) -> list[Square]:
    """Tiles as people look at them: each around a report, so that crowded ones come often."""
    chance = random.Random(zoom)  # noqa: S311  (a benchmark)
    first, last = Spot.objects.order_by("id").first().id, Spot.objects.order_by("-id").first().id
    found: list[Square] = []
    while len(found) < TILES:
        spot = Spot.objects.filter(id__gte=chance.randint(first, last)).exclude(key=None).order_by("id").first()
        if spot:
            found.append(Square(zoom, spot.x >> (BITS - zoom), spot.y >> (BITS - zoom)))
    return found


def address(of: Square, query: str) -> str:
    """Of a tile."""
    return f"/tiles/reports/{of.zoom}/{of.column}/{of.row}.mvt?{query}"


@dataclass(frozen=True)
class Times:
    """Milliseconds of all calls, sorted; how much more than an empty view called before each."""

    took: list[float]
    above: float

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return self.took[int(len(self.took) * 0.95)]


def times(client: Client, of: list[Square], query: str) -> Times:
    """Of some rounds over all of them: a machine that is slow for a while is so for each, and for the empty view."""
    for one in of:
        client.get(address(one, query))
    pairs = [
        (seconds(lambda: client.get(EMPTY)) * 1000, seconds(lambda one=one: client.get(address(one, query))) * 1000)
        for _round in range(ROUNDS)
        for one in of
    ]
    return Times(sorted(tile for _empty, tile in pairs), statistics.median(tile - empty for empty, tile in pairs))


def unfiltered(client: Client) -> list[Figure]:
    """Tiles up to zoom 14 against the empty view; all zooms; the raw tile for comparison; sizes."""
    worst, above, largest, bare, slowest = 0.0, 0.0, 0, 0.0, 0.0
    for zoom in ZOOMS:
        found = squares(zoom)
        measured = times(client, found, "")
        largest = max(largest, *(len(client.get(address(one, "")).content) for one in found))
        slowest = max(slowest, measured.p95)
        if zoom <= OVERVIEW:
            worst, above = max(worst, statistics.median(measured.took)), max(above, measured.above)
            bare = max(
                bare, statistics.median(seconds(lambda one=one: tile(ReportFilters(), one)) * 1000 for one in found)
            )
    raw = seconds(lambda: run(RAW, (11, *place(11), 11, *place(11)))) * 1000
    return [
        Figure(f"unfiltered tile, zooms to {OVERVIEW}, slowest median; bare: its statement", worst, "ms", bare),
        Figure("how much more than an empty view called before it", above, "ms", None, "at most 3 ms"),
        Figure("unfiltered tile, any zoom, 95th percentile", slowest, "ms", None, "at most 25 ms"),
        Figure("a raw tile of all reports at zoom 11, without counts", raw, "ms"),
        Figure("largest tile", largest / 1024, "KB", None, "at most 150 KB"),
    ]


def place(zoom: int) -> tuple[int, int]:
    """Column and row of a crowded tile."""
    one = squares(zoom)[0]
    return one.column, one.row


def run(sql: str, params: tuple[object, ...] = ()) -> None:
    """A statement and its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.fetchall()


def questions() -> list[tuple[str, str, float]]:
    """One filter each: name, query, and how many milliseconds are wanted."""
    category = Category.objects.order_by("order").first()
    agency = Agency.objects.order_by("slug").first()
    kelurahan = Kelurahan.objects.select_related("kecamatan").order_by("code").first()
    today = date.today()  # noqa: DTZ011  (a benchmark)
    month = (today.replace(day=1) - timedelta(days=200)).replace(day=1)
    end = (month + timedelta(days=150)).replace(day=1) - timedelta(days=1)
    return [
        ("category", f"kategori={category.slug}", 25),
        ("status", "status=in_progress", 25),
        ("open", "status=open", 25),
        ("overdue", "status=overdue", 25),
        ("SKPD", f"skpd={agency.slug}", 25),
        ("kecamatan", f"kecamatan={kelurahan.kecamatan_id}", 25),
        ("kelurahan", f"kelurahan={kelurahan.code}", 25),
        ("four months", f"dari={month}&sampai={end}", 25),
        ("days in two months", f"dari={month + timedelta(days=12)}&sampai={end - timedelta(days=9)}", 100),
        ("category and month", f"kategori={category.slug}&dari={month}&sampai={month + timedelta(days=27)}", 100),
        ("a rare word", "q=kata-yang-jarang", 25),
        ("a frequent word", "q=lubang", 25),
    ]


def found_anew(query: str) -> None:
    """What the first tile of a search waits for: each process does it once, then it is kept."""
    matching._kept.clear()  # noqa: SLF001  (a benchmark)
    matching.found(query.removeprefix("q="))


def filtered(client: Client, name: str, query: str, wanted: float) -> list[Figure]:
    """The zoom that is slowest, with its 95th percentile."""
    worst, at = 0.0, 0
    for zoom in ZOOMS:
        measured = times(client, squares(zoom), query)
        if measured.p95 > worst:
            worst, at = measured.p95, zoom
    return [
        Figure(
            f"tile filtered by {name}, 95th percentile of the slowest zoom ({at})",
            worst,
            "ms",
            None,
            f"at most {wanted} ms",
        )
    ]


def totals(client: Client) -> list[Figure]:
    """The exact numbers beside the map."""
    bare = statistics.median(seconds(lambda: run(RAW_TOTALS)) * 1000 for _call in range(3))
    figures = []
    for name, query in (
        ("no filter", ""),
        *((name, query) for name, query, _wanted in questions()),
    ):
        took = median(lambda query=query: client.get(f"/peta/ukuran.json?level=kelurahan&{query}"), 20)
        figures.append(
            Figure(f"totals by kelurahan, {name}; bare: count(*) by kecamatan", took, "ms", bare, "at most 25 ms")
        )
    figures.append(Figure("reports per month", median(lambda: client.get("/peta/riwayat.json"), 20), "ms"))
    return figures


def has_all_indexes() -> bool:
    """Not where the reports were multiplied: loading would say nothing there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('report_public_point') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def writing() -> list[Figure]:
    """What the counts add to one insert."""
    counted, plain = inserts(), without_triggers(inserts)
    return [
        Figure("one report inserted, with its counts, median", counted, "ms", plain),
        Figure("the counts' share of it", counted - plain, "ms", None, "at most 3 ms"),
    ]


def loading() -> list[Figure]:
    """What they add to many reports in one statement, and how fast these are folded."""
    load, bare_load = loads(), without_triggers(loads)
    with transaction.atomic():
        copy(LOADED)
        pending = Pending.objects.count()
        took = seconds(lambda: folding.fold(pending))
        transaction.set_rollback(True)
    return [
        Figure(f"{LOADED:,} reports inserted by one statement; bare: without counts", load, "s", bare_load),
        Figure(f"the same and folded at once, {pending:,} changes", load + took, "s", bare_load, "at most 2 times"),
    ]


def copy(n: int) -> None:
    """Reports like some that are there."""
    with connection.cursor() as cursor:
        cursor.execute(COPIED.format(columns=columns_but(*OWN_COLUMNS)), [str(random.getrandbits(64)), n])


def columns_but(*some: str) -> str:
    """All other columns of a report, for SQL."""
    return ", ".join(field.column for field in Report._meta.concrete_fields if field.column not in some)


def inserts() -> float:
    """Median milliseconds of one; nothing stays."""
    with transaction.atomic():
        took = [seconds(lambda: copy(1)) * 1000 for _call in range(INSERTS)]
        transaction.set_rollback(True)
    return statistics.median(took)


def loads() -> float:
    """Seconds of a large statement; nothing stays."""
    with transaction.atomic():
        took = seconds(lambda: copy(LOADED))
        transaction.set_rollback(True)
    return took


def without_triggers(do: Callable[[], float]) -> float:
    """The same work with nothing counted, in a transaction of its own that leaves no trace."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE geo_reports_report DISABLE TRIGGER USER")
        took = do()
        transaction.set_rollback(True)
    return took
