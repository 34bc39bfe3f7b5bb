"""What is wrong with a version, read off what it was compiled to: gaps, conflicts, doubts, what cannot win.

Looks at no point, so that it can be asked of a rehearsal while somebody waits; `survey` walks the
whole city. "Today" is the local day unless `on` names another.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports.models import RoutingVersion
from geo_reports.routing import engine

# Shapes drawn along one border share hairs, and roads cross; more than this (m², or m of a line) is an overlap.
LEAST_OVERLAP = 5.0
# Two drawings of one line differ by hairs as well.
SAME_LINE_M = 0.1

GAPS = """
SELECT category.name, array_agg('Kel. ' || kelurahan.name ORDER BY ground.area)
FROM geo_reports_routingground ground
JOIN geo_reports_category category ON category.slug = ground.category_id AND category.is_active
JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = ground.area
WHERE ground.version_id = %(version)s AND ground.agency_id IS NULL AND NOT ground.is_conflict
  AND ground.in_force @> %(on)s::date
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
WHERE ground.version_id = %(version)s AND ground.is_conflict AND upper(ground.in_force) > %(on)s::date IS NOT FALSE
GROUP BY category."order", category.slug, category.name, tied.agencies
ORDER BY category."order", category.slug, tied.agencies
"""
CLASHES = """
WITH near AS MATERIALIZED (
    -- The GiST index on a piece's zone.
    SELECT mine.claim_id AS one_id, mine.geometry_m AS mine_m, theirs.claim_id AS other_id,
           theirs.geometry_m AS theirs_m
    FROM geo_reports_routingpiece mine
    JOIN geo_reports_routingpiece theirs ON theirs.zone && mine.zone AND theirs.claim_id > mine.claim_id
    WHERE ST_DWithin(mine.geometry_m, theirs.geometry_m, %(same_line)s)
),
crossing AS (
    -- Two owners on one spot: common area; common length where one is a line; a point upon the other.
    SELECT near.one_id, near.other_id
    FROM near
    JOIN geo_reports_routingclaim one ON one.id = near.one_id AND one.version_id = %(version)s
    JOIN geo_reports_routingclaim other
      ON other.id = near.other_id AND other.kind = one.kind AND other.agency_id <> one.agency_id
    GROUP BY near.one_id, near.other_id
    HAVING sum(CASE least(ST_Dimension(mine_m), ST_Dimension(theirs_m))
        WHEN 0 THEN %(least)s::float8 + 1
        WHEN 1 THEN CASE ST_Dimension(mine_m)
            WHEN 1 THEN ST_Length(ST_Intersection(mine_m, ST_Buffer(theirs_m, %(same_line)s)))
            ELSE ST_Length(ST_Intersection(mine_m, theirs_m)) END
        ELSE ST_Area(ST_Intersection(mine_m, theirs_m)) END) > %(least)s::float8
),
namesake AS (
    -- An address that names one names the other as well.
    SELECT one.id AS one_id, other.id AS other_id
    FROM geo_reports_routingclaim one
    JOIN geo_reports_routingclaim other
      ON other.id > one.id AND other.agency_id <> one.agency_id AND other.version_id = one.version_id
    WHERE one.version_id = %(version)s AND one.kind = 'road_name' AND other.kind = 'road_name' AND EXISTS (
        SELECT 1 FROM unnest(one.keys) mine (key) CROSS JOIN unnest(other.keys) theirs (key)
        WHERE greatest(word_similarity(mine.key, theirs.key), word_similarity(theirs.key, mine.key))
              >= 1 - %(same_likeness)s)
)
SELECT one.kind = 'road_name', one.name, other.name, one_agency.short_name, other_agency.short_name
FROM (SELECT * FROM crossing UNION ALL SELECT * FROM namesake) pair
JOIN geo_reports_routingclaim one ON one.id = pair.one_id
JOIN geo_reports_routingclaim other ON other.id = pair.other_id
 AND upper(other.in_force * one.in_force) > %(on)s::date IS NOT FALSE AND other.in_force && one.in_force
 AND (one.categories = '{}' OR other.categories = '{}' OR one.categories && other.categories)
JOIN geo_reports_agency one_agency ON one_agency.slug = one.agency_id
JOIN geo_reports_agency other_agency ON other_agency.slug = other.agency_id
ORDER BY 1, one.name, other.name
"""
DOUBTS = """
SELECT DISTINCT claim.name, agency.short_name, claim.reason
FROM geo_reports_routingclaim claim JOIN geo_reports_agency agency ON agency.slug = claim.agency_id
WHERE claim.version_id = %(version)s AND claim.is_weak AND upper(claim.in_force) > %(on)s::date IS NOT FALSE
ORDER BY claim.name, agency.short_name
"""
RULES = """
WITH told AS (
    SELECT line->>'ref' AS ref, bool_or(line->>'result' IN ('won', 'tied')) AS has_won
    FROM geo_reports_routingground ground CROSS JOIN jsonb_array_elements(ground.lines) line
    WHERE ground.version_id = %(version)s AND upper(ground.in_force) > %(on)s::date IS NOT FALSE
    GROUP BY line->>'ref'
),
content AS (SELECT content FROM geo_reports_routingversion WHERE id = %(version)s),
evidence AS MATERIALIZED (
    SELECT row.kind, row.categories FROM content CROSS JOIN jsonb_populate_recordset(
        NULL::geo_reports_routingevidence, content->'geo_reports_routingevidence') row
),
rule AS (
    SELECT rule.*, CASE WHEN kelurahan_id IS NOT NULL THEN 'kelurahan'
                        WHEN kecamatan_id IS NOT NULL THEN 'kecamatan' ELSE 'city' END AS kind
    FROM content CROSS JOIN jsonb_populate_recordset(
        NULL::geo_reports_routingrule, content->'geo_reports_routingrule') rule
)
SELECT rule.id, category.name, coalesce('Kel. ' || kelurahan.name, 'Kec. ' || kecamatan.name, ''), agency.short_name,
       CASE WHEN rule.valid_to <= %(on)s::date THEN 'expired'
            WHEN told.ref IS NOT NULL THEN 'beaten'
            WHEN EXISTS (
                SELECT 1 FROM evidence WHERE evidence.kind = rule.kind
                  AND (evidence.categories = '{}' OR rule.category_id = ANY(evidence.categories))) THEN 'owner_gone'
            ELSE 'not_counted' END AS why
FROM rule
JOIN geo_reports_category category ON category.slug = rule.category_id
JOIN geo_reports_agency agency ON agency.slug = rule.agency_id
LEFT JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = rule.kelurahan_id
LEFT JOIN geo_reports_kecamatan kecamatan ON kecamatan.code = rule.kecamatan_id
LEFT JOIN told ON told.ref = 'rule:' || rule.id
WHERE NOT coalesce(told.has_won, false)
ORDER BY rule.category_id, rule.id
"""
FEATURES = """
WITH content AS (SELECT content FROM geo_reports_routingversion WHERE id = %(version)s),
evidence AS MATERIALIZED (
    SELECT array_agg(row.kind) AS kinds FROM content CROSS JOIN jsonb_populate_recordset(
        NULL::geo_reports_routingevidence, content->'geo_reports_routingevidence') row
),
feature AS (
    SELECT row.id, row.kind, row.name, row.categories, row.valid_to, row.agency_id, row.geometry IS NOT NULL AS is_drawn
    FROM content CROSS JOIN jsonb_populate_recordset(
        NULL::geo_reports_routingfeature, content->'geo_reports_routingfeature') row
),
known AS (SELECT array_agg(slug) AS slugs FROM geo_reports_category WHERE is_active),
claim AS (
    SELECT * FROM geo_reports_routingclaim
    WHERE version_id = %(version)s AND upper(in_force) > %(on)s::date IS NOT FALSE
),
heard AS (
    SELECT feature_id, bool_or(kind <> 'road_name') AS by_shape, bool_or(keys <> '{}') AS by_name
    FROM claim GROUP BY feature_id
),
reached AS (
    SELECT DISTINCT claim.feature_id
    FROM claim JOIN geo_reports_routingpiece piece ON piece.claim_id = claim.id
    WHERE EXISTS (
        SELECT 1 FROM geo_reports_kelurahanpiece ground
        WHERE ground.geometry_m && piece.zone AND ST_DWithin(ground.geometry_m, piece.geometry_m, claim.reach_m))
),
told AS (
    SELECT feature.*, agency.short_name,
           CASE WHEN feature.valid_to <= %(on)s::date THEN 'expired'
                WHEN feature.categories <> '{}' AND NOT feature.categories && known.slugs THEN 'no_category'
                WHEN NOT (feature.kind = ANY(evidence.kinds) AND feature.is_drawn
                          OR 'road_name' = ANY(evidence.kinds) AND feature.kind = 'road') THEN 'not_counted'
                WHEN heard.feature_id IS NULL THEN 'owner_gone'
                WHEN heard.by_shape AND reached.feature_id IS NULL THEN 'outside'
                WHEN NOT (heard.by_shape OR heard.by_name) THEN 'no_name' END AS why
    FROM feature CROSS JOIN known CROSS JOIN evidence JOIN geo_reports_agency agency ON agency.slug = feature.agency_id
    LEFT JOIN heard ON heard.feature_id = feature.id
    LEFT JOIN reached ON reached.feature_id = feature.id
)
SELECT id, kind, name, short_name, why FROM told WHERE why IS NOT NULL ORDER BY kind, name, id
"""

EXPIRED = "expired"
WHY: dict[str, str | Promise] = {
    EXPIRED: gettext_lazy("masa berlakunya sudah lewat"),
    "beaten": gettext_lazy("di mana-mana kalah dari aturan lain"),
    "owner_gone": gettext_lazy("instansinya tidak lagi bertugas dan tidak punya pengganti"),
    "not_counted": gettext_lazy("bukti jenis ini tidak diperhitungkan dalam urutan bukti"),
    "no_category": gettext_lazy("tidak satu pun kategorinya dapat dipilih"),
    "outside": gettext_lazy("bentuknya di luar wilayah kota"),
    "no_name": gettext_lazy("namanya tidak memuat nama jalan"),
}


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
class Doubt:
    """Evidence of low confidence: where it would win, a person decides."""

    name: str
    agency: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name} → {self.agency}: {self.reason}"


@dataclass(frozen=True)
class IdleRule:
    """A rule that wins nowhere. `why` is a key of WHY."""

    number: int
    category: str
    area: str
    agency: str
    why: str

    def __str__(self) -> str:
        return f"{self.category} · {self.area or _('seluruh kota')} → {self.agency}: {WHY[self.why]}"


@dataclass(frozen=True)
class IdleFeature:
    """A road, estate or asset that can speak for nobody. `why` is a key of WHY."""

    number: int
    kind: str
    name: str
    agency: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} → {self.agency}: {WHY[self.why]}"


def gaps(version: RoutingVersion, on: date | None = None) -> list[Gap]:
    """Categories x kelurahan for which no rule names anybody today. One query."""
    return [Gap(name, tuple(places)) for name, places in _rows(GAPS, version, on)]


def conflicts(version: RoutingVersion, on: date | None = None) -> list[Conflict]:
    """What names two agencies alike, today or later: rules of equal strength, shapes, names of roads. Two queries."""
    rules = [Conflict(name, tuple(places), agencies) for name, places, agencies in _rows(CONFLICTS, version, on)]
    return rules + [
        Conflict(_("nama jalan yang serupa") if is_name else _("tumpang tindih"), (one, other), f"{mine} / {theirs}")
        for is_name, one, other, mine, theirs in _rows(CLASHES, version, on)
    ]


def doubts(version: RoutingVersion, on: date | None = None) -> list[Doubt]:
    """Evidence that never decides alone, because it is of low confidence. One query."""
    return [Doubt(*row) for row in _rows(DOUBTS, version, on)]


def idle_rules(version: RoutingVersion, on: date | None = None, *, with_expired: bool = False) -> list[IdleRule]:
    """Rules that win nowhere, today or later; expired ones are history, and no mistake. One query."""
    rules = [IdleRule(*row) for row in _rows(RULES, version, on)]
    return [rule for rule in rules if with_expired or rule.why != EXPIRED]


def idle_features(version: RoutingVersion, on: date | None = None, *, with_expired: bool = False) -> list[IdleFeature]:
    """Roads, estates and assets that can match no report, today or later. One query."""
    features = [IdleFeature(*row) for row in _rows(FEATURES, version, on)]
    return [feature for feature in features if with_expired or feature.why != EXPIRED]


def _rows(statement: str, version: RoutingVersion, on: date | None) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = engine.VALUES | {
        "version": version.pk,
        "on": on or timezone.localdate(),
        "least": LEAST_OVERLAP,
        "same_line": SAME_LINE_M,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
