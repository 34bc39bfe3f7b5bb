"""Turns a version into what the engine reads: grounds (rules, per category and area) and claims (features).

Everything that does not depend on the point is settled here, once: breadth, priority, periods of
validity, agencies that were succeeded, conflicts and gaps.
"""

from django.db import connection

from geo_reports.models import RoutingClaim, RoutingGround, RoutingRun, RoutingVersion
from geo_reports.routing.engine import LEAST_LIKENESS

# Who acts for an agency on which days: itself, and from its last day on its successor.
ACTING = """
acting AS (
    SELECT slug AS origin, slug AS agency_id, successor_id, valid_to AS ended,
           daterange(valid_from, valid_to) AS period, ARRAY[slug]::varchar[] AS path
    FROM geo_reports_agency
    UNION ALL
    -- An heir that had itself ended by then hands on at once.
    SELECT acting.origin, heir.slug, heir.successor_id,
           CASE WHEN heir.valid_to IS NOT NULL THEN greatest(acting.ended, heir.valid_to) END,
           daterange(acting.ended, NULL) * daterange(heir.valid_from, heir.valid_to), acting.path || heir.slug
    FROM acting JOIN geo_reports_agency heir ON heir.slug = acting.successor_id
    WHERE acting.ended IS NOT NULL AND NOT heir.slug = ANY(acting.path)
)"""

GROUNDS = f"""
WITH RECURSIVE {ACTING},
evidence AS (
    SELECT row.kind, row.rank, row.categories
    FROM jsonb_populate_recordset(NULL::geo_reports_routingevidence, %(evidence)s::jsonb) row
),
spot AS (
    -- Every kelurahan, and no known one.
    SELECT code AS kelurahan_id, kecamatan_id FROM geo_reports_kelurahan
    UNION ALL SELECT NULL, NULL
),
rule AS (
    SELECT row.*, CASE WHEN row.kelurahan_id IS NOT NULL THEN 'kelurahan'
                       WHEN row.kecamatan_id IS NOT NULL THEN 'kecamatan' ELSE 'city' END AS kind
    FROM jsonb_populate_recordset(NULL::geo_reports_routingrule, %(rules)s::jsonb) row
),
line AS (
    SELECT rule.category_id, spot.kelurahan_id, evidence.kind, evidence.rank, rule.priority, rule.id,
           acting.agency_id, acting.period * daterange(rule.valid_from, rule.valid_to) AS period, rule.reason
    FROM rule
    JOIN evidence ON evidence.kind = rule.kind
     AND (evidence.categories = '{{}}' OR rule.category_id = ANY(evidence.categories))
    JOIN acting ON acting.origin = rule.agency_id
    JOIN spot ON (rule.kind = 'city') OR (rule.kind = 'kecamatan' AND spot.kecamatan_id = rule.kecamatan_id)
      OR (rule.kind = 'kelurahan' AND spot.kelurahan_id = rule.kelurahan_id)
    UNION ALL
    SELECT category.slug, spot.kelurahan_id, evidence.kind, evidence.rank, 100, NULL,
           acting.agency_id, acting.period, %(office_reason)s || office.name
    FROM geo_reports_category category
    JOIN evidence ON evidence.kind = 'office'
     AND (evidence.categories = '{{}}' OR category.slug = ANY(evidence.categories))
    CROSS JOIN spot
    JOIN geo_reports_agency office ON office.kecamatan_id = spot.kecamatan_id
    JOIN acting ON acting.origin = office.slug
),
turn AS (
    -- The days on which the answer for a category in a spot may change.
    SELECT category_id, kelurahan_id, unnest(ARRAY[lower(period), upper(period)]) AS day
    FROM line WHERE NOT isempty(period)
    UNION SELECT category.slug, spot.kelurahan_id, NULL FROM geo_reports_category category CROSS JOIN spot
),
epoch AS (
    SELECT category_id, kelurahan_id,
           daterange(day, lead(day) OVER (PARTITION BY category_id, kelurahan_id ORDER BY day NULLS FIRST)) AS period
    FROM (SELECT DISTINCT category_id, kelurahan_id, day FROM turn) days
),
candidate AS (
    SELECT epoch.*, line.kind, line.rank, line.id, line.agency_id, line.reason, line.priority,
           rank() OVER (PARTITION BY epoch.category_id, epoch.kelurahan_id, epoch.period
                        ORDER BY line.rank, line.priority) AS standing,
           min(line.rank) OVER (PARTITION BY epoch.category_id, epoch.kelurahan_id, epoch.period) AS best_rank
    FROM epoch
    LEFT JOIN line ON line.category_id = epoch.category_id AND line.kelurahan_id IS NOT DISTINCT FROM epoch.kelurahan_id
                  AND line.period @> epoch.period
),
told AS (
    SELECT candidate.*, jsonb_build_object(
             'kind', kind, 'ref', CASE kind WHEN 'office' THEN 'office' ELSE 'rule:' || id END, 'agency', agency_id,
             'rank', rank, 'priority', priority, 'reason', reason, 'version', %(version)s::bigint) AS said
    FROM candidate
),
summed AS (
    SELECT category_id, kelurahan_id, period, min(rank) AS rank,
           count(DISTINCT agency_id) FILTER (WHERE standing = 1) > 1 AS is_conflict,
           min(agency_id) FILTER (WHERE standing = 1) AS agency_id,
           (array_agg(reason ORDER BY standing, agency_id, reason))[1] AS reason,
           coalesce(jsonb_agg(said || jsonb_build_object('result', CASE
               WHEN standing = 1 THEN 'won' WHEN rank = best_rank THEN 'lower_priority' ELSE 'weaker' END)
               ORDER BY standing, agency_id, id) FILTER (WHERE agency_id IS NOT NULL), '[]') AS lines,
           coalesce(jsonb_agg(said || '{{"result": "weaker"}}'
               ORDER BY standing, agency_id, id) FILTER (WHERE agency_id IS NOT NULL), '[]') AS beaten
    FROM told
    GROUP BY category_id, kelurahan_id, period
)
INSERT INTO geo_reports_routingground
    (version_id, category_id, area, in_force, agency_id, rank, reason, is_conflict, lines, beaten)
SELECT %(version)s, category_id, coalesce(kelurahan_id, ''), period, CASE WHEN NOT is_conflict THEN agency_id END,
       rank, CASE WHEN is_conflict THEN '' ELSE coalesce(reason, '') END, is_conflict,
       CASE WHEN is_conflict THEN replace(lines::text, '"result": "won"', '"result": "tied"')::jsonb ELSE lines END,
       beaten
FROM summed
"""  # noqa: S608  (no values: the only part is the constant above)

CLAIMS = f"""
WITH RECURSIVE {ACTING},
evidence AS (
    SELECT row.kind, row.rank, row.categories
    FROM jsonb_populate_recordset(NULL::geo_reports_routingevidence, %(evidence)s::jsonb) row
),
feature AS (
    SELECT row.*, ST_SetSRID(ST_Transform(row.geometry, %(srid)s), 0) AS geometry_m
    FROM jsonb_populate_recordset(NULL::geo_reports_routingfeature, %(features)s::jsonb) row
)
INSERT INTO geo_reports_routingclaim
    (version_id, feature_id, kind, rank, name, keys, agency_id, categories, in_force, reach_m, reason,
     is_weak, outline_m)
SELECT %(version)s, feature.id, evidence.kind, evidence.rank, feature.name,
       CASE evidence.kind WHEN 'road_name' THEN ARRAY(
           SELECT DISTINCT geo_reports_street_key(name) FROM unnest(feature.name || feature.aliases) name
           WHERE geo_reports_street_key(name) <> '')
       ELSE '{{}}' END,
       acting.agency_id,
       CASE feature.categories WHEN '{{}}' THEN evidence.categories ELSE feature.categories END,
       acting.period * daterange(feature.valid_from, feature.valid_to), feature.reach_m, feature.reason,
       feature.confidence = 'low',
       CASE WHEN evidence.kind <> 'road_name' AND ST_Dimension(feature.geometry) = 2
            THEN ST_Boundary(feature.geometry_m) END
FROM feature
JOIN evidence ON (evidence.kind = feature.kind AND feature.geometry IS NOT NULL)
              OR (evidence.kind = 'road_name' AND feature.kind = 'road')
JOIN acting ON acting.origin = feature.agency_id
WHERE NOT isempty(acting.period * daterange(feature.valid_from, feature.valid_to))
"""  # noqa: S608

PIECES = """
INSERT INTO geo_reports_routingpiece (claim_id, geometry_m, zone)
SELECT claim.id, piece.geom, ST_Envelope(ST_Expand(piece.geom, claim.reach_m + 0.001))
FROM geo_reports_routingclaim claim
JOIN jsonb_populate_recordset(NULL::geo_reports_routingfeature, %(features)s::jsonb) feature
  ON feature.id = claim.feature_id
-- Long straight lines are cut as well: a small box is what makes the index useful.
CROSS JOIN LATERAL ST_Subdivide(
    ST_Segmentize(ST_SetSRID(ST_Transform(feature.geometry, %(srid)s), 0), 250), 8) piece (geom)
WHERE claim.version_id = %(version)s AND claim.kind <> 'road_name'
"""
NAMES = """
WITH gram AS (
    SELECT claim.id, name.key, unnest(show_trgm(name.key)) AS gram
    FROM geo_reports_routingclaim claim CROSS JOIN LATERAL unnest(claim.keys) name (key)
    WHERE claim.version_id = %(version)s
),
use AS (SELECT gram, count(*) AS uses FROM gram GROUP BY gram)
INSERT INTO geo_reports_routingname (claim_id, key, probes)
SELECT gram.id, gram.key, (array_agg(gram ORDER BY use.uses, gram))[
    1 : count(*)::int - ceil(%(least_likeness)s::numeric * count(*))::int + 1]
FROM gram JOIN use USING (gram)
GROUP BY gram.id, gram.key
"""


def compile_version(version: RoutingVersion) -> None:
    """Write grounds, claims and pieces of `version` afresh. Call inside a transaction."""
    RoutingGround.objects.filter(version=version).delete()
    RoutingClaim.objects.filter(version=version).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT metric_srid FROM geo_reports_city")
        row = cursor.fetchone()
        cursor.execute(
            "SELECT content->'geo_reports_routingevidence', content->'geo_reports_routingrule',"
            " content->'geo_reports_routingfeature' FROM geo_reports_routingversion WHERE id = %s",
            [version.pk],
        )
        evidence, rules, features = cursor.fetchone()
        values = {
            "version": version.pk,
            "srid": row[0] if row else 4326,
            "evidence": evidence,
            "rules": rules,
            "features": features,
            "least_likeness": LEAST_LIKENESS,
            "office_reason": "belum ada dinas yang ditetapkan di sini; penerima pertama adalah ",
        }
        for statement in (GROUNDS, CLAIMS, PIECES, NAMES):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE geo_reports_routingground")
        cursor.execute("ANALYZE geo_reports_routingclaim")
        cursor.execute("ANALYZE geo_reports_routingpiece")
        cursor.execute("ANALYZE geo_reports_routingname")


def sweep(*, keep: RoutingVersion) -> None:
    """Forget what other versions were compiled to; their contents stay."""
    RoutingGround.objects.exclude(version=keep).delete()
    RoutingClaim.objects.exclude(version=keep).delete()
    forget_rehearsals()


def forget_rehearsals() -> None:
    """Delete the rehearsals, with their previews, that nobody is working on."""
    at_work = RoutingRun.objects.filter(state=RoutingRun.State.RUNNING).values("version")
    RoutingVersion.objects.filter(is_rehearsal=True).exclude(pk__in=at_work).delete()
