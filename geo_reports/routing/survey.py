"""Asks at every point of a grid over the whole city, for every category, who would answer. Writes nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg2 import sql

from geo_reports.models import Agency, Category, Kelurahan, RoutingVersion
from geo_reports.routing import engine
from geo_reports.routing.decisions import Verdict

# The anchors stand in for a kelurahan that falls between the points of the grid.
POINTS = """
CREATE TEMPORARY TABLE survey_point ON COMMIT DROP AS
SELECT row_number() OVER () AS id, point FROM (
    SELECT ST_Transform(ST_SetSRID(ST_Centroid(cell.geom), city.metric_srid), 4326) AS point
    FROM geo_reports_city city
    CROSS JOIN (SELECT ST_SetSRID(ST_Extent(geometry_m)::geometry, 0) AS box FROM geo_reports_kelurahanpiece) extent
    CROSS JOIN LATERAL ST_SquareGrid(%s, extent.box) cell
    UNION ALL
    SELECT boundary.anchor
    FROM geo_reports_kelurahanboundary boundary
    JOIN geo_reports_boundaryversion version ON version.id = boundary.version_id AND version.valid_to IS NULL
) net
WHERE EXISTS (SELECT 1 FROM geo_reports_kelurahanpiece piece WHERE ST_Covers(piece.geometry, net.point))
"""
SPOTS = sql.SQL("""
    SELECT id, point, NULL::float8 AS accuracy_m, %(category)s::text AS category_id, ''::text AS street,
           %(on)s::date AS on_date, NULL::text AS placed_in, ''::text AS answer
    FROM survey_point
""")
OUTCOMES = """
SELECT outcome, kelurahan_id, tied.agencies, tied.names, count(*)
FROM ({decisions}) decided
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT line->>'agency') FILTER (WHERE line ? 'agency'), '{{}}') AS agencies,
           coalesce(array_agg(DISTINCT line->>'name') FILTER (WHERE line ? 'name'), '{{}}') AS names
    FROM jsonb_array_elements(CASE decided.outcome WHEN 'ambiguous' THEN decided.trace ELSE '[]' END) line
    WHERE line->>'result' IN ('tied', 'won')
) tied
GROUP BY outcome, kelurahan_id, tied.agencies, tied.names
ORDER BY kelurahan_id, tied.agencies, tied.names
"""


@dataclass(frozen=True)
class Finding:
    """So many points of a kelurahan at which nobody answers, or which a person would have to decide.

    `agencies` (slugs) and `evidence` (names of features) are those between which nothing decides.
    """

    category: str
    kelurahan: str
    points: int
    agencies: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        between = f": {' / '.join(self.agencies)}" if self.agencies else ""
        because = f" ({', '.join(self.evidence)})" if self.evidence else ""
        return f"{self.category} · Kel. {self.kelurahan}, {_('%(n)d titik') % {'n': self.points}}{between}{because}"


@dataclass(frozen=True)
class Survey:
    """What came out at `points` places for each of `categories`."""

    points: int
    categories: int
    gaps: tuple[Finding, ...]
    ambiguities: tuple[Finding, ...]

    @property
    def decisions(self) -> int:
        """How many times somebody was asked for."""
        return self.points * self.categories

    @property
    def decided(self) -> int:
        """How many times one agency answers."""
        return self.decisions - sum(finding.points for finding in self.gaps + self.ambiguities)


@transaction.atomic
def survey(version: RoutingVersion, on: date, *, spacing_m: float) -> Survey:
    """Decide by `version` on the day `on` for every active category at every point, exact points without a street.

    One statement per category: what is held at once grows with the points alone.
    """
    names = dict(Agency.objects.values_list("pk", "short_name"))
    areas = dict(Kelurahan.objects.values_list("pk", "name"))
    categories = list(Category.objects.filter(is_active=True))
    found: dict[str, list[Finding]] = {Verdict.NOBODY: [], Verdict.AMBIGUOUS: []}
    statement = sql.SQL(OUTCOMES).format(decisions=engine.statement(SPOTS, version=version))
    with connection.cursor() as cursor:
        cursor.execute(POINTS, [spacing_m])
        cursor.execute("ANALYZE survey_point")
        cursor.execute("SELECT count(*) FROM survey_point")
        (points,) = cursor.fetchone()
        for category in categories:
            values: dict[str, Any] = engine.VALUES | {"category": category.pk, "on": on}
            cursor.execute(statement, values)
            for outcome, area, agencies, evidence, count in cursor.fetchall():
                if outcome in found:
                    between = tuple(names[slug] for slug in agencies)
                    found[outcome].append(Finding(category.name, areas[area], count, between, tuple(evidence)))
        cursor.execute("DROP TABLE survey_point")
    return Survey(points, len(categories), tuple(found[Verdict.NOBODY]), tuple(found[Verdict.AMBIGUOUS]))
