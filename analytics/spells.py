"""Every spell with its moments as CSV: what anybody needs to compute all waiting times again.

One line per spell of an SKPD, and one for a report that none has had. Built in the database, streamed.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from django.db import connection, transaction
from psycopg2 import sql

from geo_reports.deadlines import COUNTS
from geo_reports.filters import ReportFilters
from geo_reports.models import Report
from geo_reports.workflow import Status

BATCH: Final = 2_000
REPORT_COLUMNS: Final = (
    "code", "category_id", "kecamatan_id", "kelurahan_id", "agency_id", "status", "submitted_at", "forwarded_at",
    "closed_at",
)  # fmt: skip
HEAD: Final = (
    "kode,kategori,kecamatan,kelurahan,skpd_kini,status,dikirim,diteruskan,ditutup,"
    "penugasan,skpd,mulai,berakhir,tanggapan,selesai,ditolak,dikonfirmasi,tenggat"
)
# Codes, slugs and numbers hold neither comma nor quote; times are ISO 8601 in UTC.
LINES: Final = """
SELECT concat_ws(',', code, category_id, coalesce(kecamatan_id, ''), coalesce(kelurahan_id, ''),
    coalesce(found.agency_id, ''), status, {submitted_at}, {forwarded_at}, {closed_at},
    coalesce(spell.id::text, ''), coalesce(spell.agency_id, ''), {started_at}, {ended_at}, {responded_at},
    {completed_at}, CASE WHEN history.is_refused THEN 'ya' ELSE '' END, {confirmed_at},
    coalesce(spell.due_on::text, '')) || E'\\r\\n'
FROM ({reports}) found
LEFT JOIN geo_reports_assignment spell ON spell.report_id = found.id AND {agencies}
LEFT JOIN LATERAL (
    SELECT bool_or(at = spell.completed_at AND to_status = ANY({refusing})) AS is_refused,
        min(at) FILTER (WHERE to_status = {confirmed} AND assignment_id = spell.id AND {counts}) AS confirmed_at
    FROM geo_reports_statuschange change WHERE spell.completed_at IS NOT NULL AND report_id = found.id
) history ON true
ORDER BY found.id, spell.started_at, spell.id
"""
TIMES: Final = {
    name: f"{table}.{name}"
    for table, names in {
        "found": ("submitted_at", "forwarded_at", "closed_at"),
        "spell": ("started_at", "ended_at", "responded_at", "completed_at"),
        "history": ("confirmed_at",),
    }.items()
    for name in names
}


def lines(filters: ReportFilters) -> Iterator[bytes]:
    """The file in chunks, through a cursor on the server so that memory stays flat.

    A filter on the SKPD chooses its spells, whoever has the report today.
    """
    yield HEAD.encode() + b"\r\n"
    text, params = _statement(filters)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(text, params)
        while batch := cursor.fetchmany(BATCH):
            yield "".join(line for (line,) in batch).encode()


def _statement(filters: ReportFilters) -> tuple[sql.Composed, tuple[Any, ...]]:
    found = Report.objects.public().matching(replace(filters, skpd=())).order_by()
    reports, params = found.values("id", *REPORT_COLUMNS).query.sql_with_params()
    agencies = sql.SQL("spell.agency_id = ANY({})").format(sql.Literal(list(filters.skpd)))
    times = {name: sql.SQL(_written(column)) for name, column in TIMES.items()}
    text = sql.SQL(LINES if not filters.skpd else LINES.replace("LEFT JOIN geo_reports", "JOIN geo_reports")).format(
        reports=sql.SQL(reports),
        agencies=agencies if filters.skpd else sql.SQL("true"),
        refusing=sql.Literal([Status.NOT_OURS.value, Status.DECLINED.value]),
        confirmed=sql.Literal(Status.CONFIRMED.value),
        counts=COUNTS,
        **times,
    )
    return text, tuple(params)


def _written(column: str) -> str:
    return f"""coalesce(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')"""
