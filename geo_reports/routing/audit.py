"""What is wrong with a version, read off what it was compiled to: gaps, conflicts, rules that cannot win."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from geo_reports.models import RoutingVersion

GAPS = """
SELECT category.name, array_agg(coalesce('Kel. ' || kelurahan.name, '') ORDER BY ground.area)
FROM geo_reports_routingground ground
JOIN geo_reports_category category ON category.slug = ground.category_id AND category.is_active
LEFT JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = ground.area
WHERE ground.version_id = %s AND ground.agency_id IS NULL AND NOT ground.is_conflict
  AND ground.in_force @> CURRENT_DATE AND ground.area <> ''
GROUP BY category."order", category.slug, category.name ORDER BY category."order", category.slug
"""
CONFLICTS = """
SELECT category.name, array_agg(DISTINCT kelurahan.name ORDER BY kelurahan.name), tied.agencies
FROM geo_reports_routingground ground
JOIN geo_reports_category category ON category.slug = ground.category_id
JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = ground.area
CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT agency.short_name, ' / ' ORDER BY agency.short_name) AS agencies
    FROM jsonb_array_elements(ground.lines) line
    JOIN geo_reports_agency agency ON agency.slug = line->>'agency'
    WHERE line->>'result' = 'tied'
) tied
WHERE ground.version_id = %s AND ground.is_conflict AND upper(ground.in_force) > CURRENT_DATE IS NOT FALSE
GROUP BY category."order", category.slug, category.name, tied.agencies
ORDER BY category."order", category.slug, tied.agencies
"""
OVERLAPS = """
SELECT one.name, other.name, one_agency.short_name, other_agency.short_name
FROM geo_reports_routingclaim one
JOIN geo_reports_routingclaim other
  ON other.version_id = one.version_id AND other.kind = one.kind AND other.feature_id > one.feature_id
 AND other.agency_id <> one.agency_id AND other.in_force && one.in_force
 AND (one.categories = '{}' OR other.categories = '{}' OR one.categories && other.categories)
JOIN geo_reports_agency one_agency ON one_agency.slug = one.agency_id
JOIN geo_reports_agency other_agency ON other_agency.slug = other.agency_id
WHERE one.version_id = %s AND upper(one.in_force * other.in_force) > CURRENT_DATE IS NOT FALSE AND (
    one.keys && other.keys
    OR (one.outline_m IS NOT NULL AND other.outline_m IS NOT NULL AND EXISTS (
        SELECT 1 FROM geo_reports_routingpiece mine JOIN geo_reports_routingpiece theirs
          ON ST_Intersects(mine.geometry_m, theirs.geometry_m) AND NOT ST_Touches(mine.geometry_m, theirs.geometry_m)
        WHERE mine.claim_id = one.id AND theirs.claim_id = other.id)))
ORDER BY one.name, other.name
"""
IDLE = """
SELECT rule.id, rule.category_id, coalesce(rule.kelurahan_id, rule.kecamatan_id, ''), rule.agency_id
FROM geo_reports_routingversion version
CROSS JOIN jsonb_populate_recordset(
    NULL::geo_reports_routingrule, version.content->'geo_reports_routingrule') rule
WHERE version.id = %s AND (rule.valid_to IS NULL OR rule.valid_to > CURRENT_DATE) AND NOT EXISTS (
    SELECT 1 FROM geo_reports_routingground ground CROSS JOIN jsonb_array_elements(ground.lines) line
    WHERE ground.version_id = version.id AND ground.category_id = rule.category_id
      AND line->>'ref' = 'rule:' || rule.id AND line->>'result' IN ('won', 'tied')
      AND upper(ground.in_force) > CURRENT_DATE IS NOT FALSE)
ORDER BY rule.category_id, rule.id
"""


@dataclass(frozen=True)
class Gap:
    """A category that nobody answers for today in some kelurahan."""

    category: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.category}: {', '.join(self.places)}"


@dataclass(frozen=True)
class Conflict:
    """Agencies that nothing tells apart, and where or for what."""

    what: str
    places: tuple[str, ...]
    agencies: str

    def __str__(self) -> str:
        return f"{self.what}: {self.agencies} ({', '.join(self.places)})"


@dataclass(frozen=True)
class IdleRule:
    """A rule in force that something stronger beats everywhere."""

    number: int
    category: str
    area: str
    agency: str

    def __str__(self) -> str:
        return f"{self.category} · {self.area or _('seluruh kota')} → {self.agency}"


def gaps(version: RoutingVersion) -> list[Gap]:
    """Categories x kelurahan that nobody answers for today. One query."""
    return [Gap(name, tuple(places)) for name, places in _rows(GAPS, version)]


def conflicts(version: RoutingVersion) -> list[Conflict]:
    """Rules of equal strength for different agencies; polygons that overlap; one name for two owners. Two queries."""
    rules = [Conflict(name, tuple(places), agencies) for name, places, agencies in _rows(CONFLICTS, version)]
    return rules + [
        Conflict(_("tumpang tindih"), (one, other), f"{mine} / {theirs}")
        for one, other, mine, theirs in _rows(OVERLAPS, version)
    ]


def idle_rules(version: RoutingVersion) -> list[IdleRule]:
    """Rules that win nowhere, today or later. One query."""
    return [IdleRule(*row) for row in _rows(IDLE, version)]


def _rows(statement: str, version: RoutingVersion) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
