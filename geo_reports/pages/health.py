"""Liveness and figures for the machine that watches this one."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and has PostGIS, 503 otherwise; says nothing about the inside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_lib_version()")
            version = cursor.fetchone()[0]
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    return JsonResponse({"status": "ok", "postgis": version})


# Reads the partial index report_undecided, and the small table of runs.
UNDECIDED = "SELECT undecided->>'verdict', count(*) FROM geo_reports_report WHERE undecided IS NOT NULL GROUP BY 1"
FAILED_RUNS = "SELECT count(*) FROM geo_reports_routingrun WHERE state = 'failed'"


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: reports that wait for a person by verdict (`error`: a rule could not be evaluated)."""
    with connection.cursor() as cursor:
        cursor.execute(UNDECIDED)
        waiting = {"ambiguous": 0, "nobody": 0, "error": 0} | dict(cursor.fetchall())
        cursor.execute(FAILED_RUNS)
        failed = cursor.fetchone()[0]
    lines = [
        "# HELP routing_undecided_reports Reports whose agency a person has to choose, by what the rules said.",
        "# TYPE routing_undecided_reports gauge",
        *(f'routing_undecided_reports{{verdict="{verdict}"}} {count}' for verdict, count in sorted(waiting.items())),
        "# HELP routing_failed_runs Previews and re-routings that stopped with an error.",
        "# TYPE routing_failed_runs gauge",
        f"routing_failed_runs {failed}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
