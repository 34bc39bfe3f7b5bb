"""A bulk load in one statement and its counts, against the same statement with nothing counted."""

from collections.abc import Iterator

from bench_figures import Figure, seconds
from bench_map import OWN_COLUMNS, columns_but, without_triggers
from django.db import connection, transaction

from geo_reports.models import Report
from maps.grid import folding, rebuilding

LOADED = 1_000_000
SHIFT_DEGREES = 0.0005  # 55 m: so many places as so many reports have
LOAD = """
INSERT INTO geo_reports_report (code, submission_id, secret, public_point, {columns})
SELECT 'L' || left(md5(copy::text || '-' || id), 15), gen_random_uuid(), gen_random_uuid(),
    ST_Translate(public_point, (random() - 0.5) * {shift}, (random() - 0.5) * {shift}), {columns}
FROM geo_reports_report CROSS JOIN generate_series(1, %s) copy
LIMIT %s
"""


def measure(present: int) -> Iterator[Figure]:
    """Load a million copies of the reports that are there; `manage.py remove_demo` takes them away again."""
    bare = without_triggers(lambda: load(present))
    print(f"without counts: {bare:.1f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM geo_reports_report")  # of what was rolled back
    with transaction.atomic():
        counted = load(present)
    print(f"with what is pending: {counted:.1f} s; a rebuild is cheaper: {rebuilding.is_cheaper()}", flush=True)
    rebuilt = seconds(lambda: rebuilding.rebuild(lambda progress: print(progress, flush=True)))
    left = folding.fold_all()
    loaded = Report.objects.filter(code__startswith="L").count()
    yield Figure(f"{loaded:,} reports inserted by one statement; bare: without counts", counted, "s", bare)
    yield Figure(f"the same and all counted, {left} left", counted + rebuilt, "s", bare, "at most 2 times")


def load(present: int) -> float:
    """Seconds."""
    statement = LOAD.format(columns=columns_but(*OWN_COLUMNS, "public_point"), shift=2 * SHIFT_DEGREES)
    with connection.cursor() as cursor:
        return seconds(lambda: cursor.execute(statement, [LOADED // present + 1, LOADED]))
