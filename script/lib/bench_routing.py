"""Routing: a million reports at once, one at a time, and a preview, beside the bare ST_Covers join."""

import random
import resource
import statistics
from datetime import UTC, datetime
from itertools import pairwise

from bench_figures import Figure, seconds
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.db import connection, transaction
from django.utils import timezone

from geo_reports.models import Agency, Category, Kecamatan, Kelurahan, RoutingFeature, RoutingRule, RoutingRun
from geo_reports.routing import decide, place, rerouting, runs, versions
from geo_reports.workflow import Status

ROADS, ESTATES, RULES = 200, 30, 60
MARK = "synthetic, for script/bench"
CALLS = 1000
CHUNK = 50_000

BARE = """
UPDATE geo_reports_report report SET kelurahan_id = piece.area_id, kecamatan_id = kelurahan.kecamatan_id
FROM geo_reports_kelurahanpiece piece JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = piece.area_id
WHERE ST_Covers(piece.geometry, report.point) AND report.id > %s AND report.id <= %s
"""
COVERS = "SELECT area_id FROM geo_reports_kelurahanpiece WHERE ST_Covers(geometry, %s::geometry)"
NOWHERE = "UPDATE geo_reports_report SET kelurahan_id = NULL, kecamatan_id = NULL"
NOBODY = "UPDATE geo_reports_report SET agency_id = NULL, undecided = NULL"
EXTENT = "SELECT ST_Extent(geometry) FROM geo_reports_kelurahanpiece"


def measure(reports: int) -> list[Figure]:
    """All figures of routing; leaves the synthetic rules in force."""
    draw(random.Random(7))  # noqa: S311  (a benchmark)
    figures = bulk(reports)
    figures += single(random.Random(8))  # noqa: S311
    figures.append(preview())
    return figures


def draw(rng: random.Random) -> None:
    """Roads, estates and rules at random places of the real city."""
    RoutingFeature.objects.filter(source=MARK).delete()
    RoutingRule.objects.filter(source=MARK).delete()
    agencies = list(Agency.objects.order_by("pk"))
    west, south, east, north = extent()

    def somewhere() -> tuple[float, float]:
        return rng.uniform(west, east), rng.uniform(south, north)

    for number in range(ROADS):
        lon, lat = somewhere()
        steps = [(rng.gauss(0, 0.0012), rng.gauss(0, 0.0012)) for _step in range(25)]
        line = [(lon, lat)]
        for dx, dy in steps:
            line.append((line[-1][0] + dx + 0.0006, line[-1][1] + dy))
        feature("road", f"Jl. {word(rng)} {word(rng)} {number}", LineString(line, srid=4326), rng.choice(agencies))
    for number in range(ESTATES):
        lon, lat = somewhere()
        side = rng.uniform(0.002, 0.006)
        shape = MultiPolygon(Polygon.from_bbox((lon, lat, lon + side, lat + side)), srid=4326)
        feature("estate", f"Kawasan Uji {number}", shape, rng.choice(agencies))
    areas = [*Kecamatan.objects.all(), *Kelurahan.objects.all()]
    categories = list(Category.objects.all())
    while RoutingRule.objects.count() < RULES:
        area = rng.choice(areas)
        RoutingRule.objects.get_or_create(
            category=rng.choice(categories),
            kecamatan=area if isinstance(area, Kecamatan) else None,
            kelurahan=area if isinstance(area, Kelurahan) else None,
            agency=rng.choice(agencies),
            defaults={"reason": MARK, "source": MARK},
        )
    versions.publish(author=None, note=MARK)


def word(rng: random.Random) -> str:
    """Three or four syllables, as in the names of places."""
    return "".join(rng.choice("bcdgjklmnprstw") + rng.choice("aiueo") for _syllable in range(rng.randint(3, 4))).title()


def feature(kind: str, name: str, geometry: object, agency: Agency) -> None:
    """One synthetic feature, for the categories of its kind."""
    RoutingFeature.objects.create(kind=kind, name=name, geometry=geometry, agency=agency, reason=name, source=MARK)


def extent() -> tuple[float, float, float, float]:
    """West, south, east, north of the city in degrees."""
    with connection.cursor() as cursor:
        cursor.execute(EXTENT)
        box = cursor.fetchone()[0]
    west, south, east, north = (float(value) for value in box[4:-1].replace(",", " ").split())
    return west, south, east, north


def run(statement: str, values: list[object] | None = None) -> None:
    """One statement in a transaction of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or [])


def settle(*tables: str) -> None:
    """So that no measurement pays for the one before."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")


def bulk(reports: int) -> list[Figure]:
    """Placing everything by the bare join, then routing everything by the engine; each writes every report."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM geo_reports_report ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
    edges = [ids[0] - 1, *ids[CHUNK - 1 :: CHUNK]]
    if edges[-1] != ids[-1]:
        edges.append(ids[-1])
    chunks = list(pairwise(edges))
    run(NOWHERE)
    settle("geo_reports_report")
    bare = seconds(lambda: [run(BARE, list(chunk)) for chunk in chunks])
    run("TRUNCATE geo_reports_statuschange, geo_reports_assignment CASCADE")
    run(NOBODY)
    settle("geo_reports_report", "geo_reports_assignment")
    first = seconds(lambda: [route(*chunk) for chunk in chunks])
    settle("geo_reports_report", "geo_reports_assignment")
    again = seconds(lambda: [route(*chunk) for chunk in chunks])
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Figure(f"{reports:,} reports routed: spell, reason, trace and agency written", first, "s", bare, "at most 2.5"),
        Figure(f"{reports:,} reports routed again, nothing changed", again, "s", bare, ""),
        Figure("memory of the process that routed them", peak_mb, "MB", None, "bounded"),
    ]


def route(after: int, upto: int) -> None:
    """One chunk, whatever the reports' status."""
    now = timezone.now()
    with transaction.atomic():
        rerouting.reroute(after, upto, on=timezone.localdate(now), at=now, statuses=frozenset(Status))


def single(rng: random.Random) -> list[Figure]:
    """Place and decide, one report at a time, inside the city."""
    west, south, east, north = extent()
    category, on = Category.objects.get(pk="damaged-road"), datetime(2026, 1, 15, tzinfo=UTC).date()
    took, bare, queries = [], [], set()
    streets = ["", *RoutingFeature.objects.filter(source=MARK).values_list("name", flat=True)[:9]]
    while len(took) < CALLS:
        point = Point(rng.uniform(west, east), rng.uniform(south, north), srid=4326)
        known = {"accuracy_m": rng.choice([None, 8.0, 25.0]), "street": rng.choice(streets)}
        clock = Clock()
        with connection.execute_wrapper(clock):
            placement = place(point)
            if placement.kelurahan:
                decide(category, placement, on, **known)
        if placement.kelurahan:
            took.append(clock.seconds * 1000)
            queries.add(clock.queries)
            bare.append(seconds(lambda point=point: run(COVERS, [point.hexewkb.decode()])) * 1000)
    middle = statistics.median(took)
    slow = statistics.quantiles(took, n=20)[-1]
    what = f"one decision, time in the database, median of {CALLS:,}"
    return [
        Figure(what, middle, "ms", statistics.median(bare), "at most 5 ms"),
        Figure("one decision, 95th percentile", slow, "ms", None, ""),
        Figure("queries of one decision", max(queries), "queries", None, "at most 3"),
    ]


class Clock:
    """Adds up the time and number of queries."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute, sql, params, many, context):  # noqa: ANN001, ANN204, D102
        self.queries += 1
        result = None

        def call() -> None:
            nonlocal result
            result = execute(sql, params, many, context)

        self.seconds += seconds(call)
        return result


def preview() -> Figure:
    """The draft with one more rule, replayed on the latest 100,000 reports, against the version in force."""
    garbage = Category.objects.get(pk="garbage")
    RoutingRule.objects.filter(category=garbage, source=MARK).update(priority=200)
    run_row = runs.start_preview(None, latest=100_000)
    took = seconds(lambda: runs.work(run_row.pk))
    assert RoutingRun.objects.get(pk=run_row.pk).state == "done"  # noqa: S101
    return Figure("preview of a draft on 100,000 reports", took, "s", None, "under 10 s")
