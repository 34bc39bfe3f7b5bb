"""The decision itself, as one statement for one spot or a million.

A spot is a place and a category on a day. Its candidates are the ground it stands on (the rules for
its kelurahan, compiled) and the claims that reach it (assets, roads, estates, street names). The
strongest evidence wins; nearer beats farther within one strength. If moving the spot by no more
than its accuracy could change the agency, or if equals disagree, the outcome is `ambiguous`.

Distances are planar metres in the city's metre system. A point on a border between kelurahan
belongs to the covering one with the lowest code.
"""

from psycopg2 import sql

from geo_reports.models import RoutingVersion

# A phone that only knows its cell says so in kilometres; a wider circle would ask about half the city.
MOST_ACCURACY_M = 250
# How much of a road's name an address must contain, by trigrams (0 to 1): tests/geo_reports/routing/test_streets.py.
LEAST_LIKENESS = 0.65
# Two names this close are told apart by nobody.
SAME_LIKENESS = 0.05

ONE_SPOT = sql.SQL("""
    SELECT 0::bigint AS id, ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326) AS point,
           %(accuracy_m)s::float8 AS accuracy_m, %(category)s::text AS category_id, %(street)s::text AS street,
           %(on)s::date AS on_date, %(placed_in)s::text AS placed_in, %(answer)s::text AS answer
""")

DECIDE = """
WITH spot AS MATERIALIZED (
    SELECT spots.*, least(greatest(coalesce(accuracy_m, 0), 0), %(most_accuracy)s::float8) AS slack_m,
           ST_SetSRID(ST_Transform(point, {srid}), 0) AS point_m
    FROM ({spots}) spots
),
placed AS MATERIALIZED (
    -- The GiST index of kelurahanpiece answers each point; the lowest code wins on a border.
    SELECT spot.*, coalesce(spot.placed_in, own.area_id, '') AS area
    FROM spot
    LEFT JOIN LATERAL (
        SELECT piece.area_id FROM geo_reports_kelurahanpiece piece
        WHERE spot.placed_in IS NULL AND ST_Covers(piece.geometry, spot.point)
        ORDER BY piece.area_id LIMIT 1
    ) own ON true
),
ground AS MATERIALIZED (
    SELECT placed.id, placed.area, ground.id AS ground_id, ground.agency_id,
           coalesce(ground.rank, 32767) AS rank, ground.is_conflict
    FROM placed
    -- LEFT, although there is always one: so the planner expects as many rows as there are spots.
    LEFT JOIN geo_reports_routingground ground
      ON ground.version_id = {version} AND ground.category_id = placed.category_id
     AND ground.area = placed.area AND ground.in_force @> placed.on_date
),
touched AS (
    -- Shapes within reach or within the accuracy: the GiST index on a piece's zone.
    -- In whole millimetres, so that roads which meet in a point are equally far, and an outline is not outside.
    SELECT placed.id, placed.slack_m, claim.id AS claim_id,
           round(min(ST_Distance(piece.geometry_m, placed.point_m)) * 1000) / 1000 AS distance_m,
           min(ST_Distance(claim.outline_m, placed.point_m)) AS edge_m
    FROM placed
    JOIN geo_reports_routingpiece piece ON piece.zone && ST_Expand(placed.point_m, placed.slack_m)
    JOIN geo_reports_routingclaim claim
      ON claim.id = piece.claim_id AND claim.version_id = {version} AND claim.in_force @> placed.on_date
     AND (claim.categories = '{{}}' OR placed.category_id = ANY(claim.categories))
    GROUP BY placed.id, placed.slack_m, claim.id
),
said AS MATERIALIZED (
    -- Each way of writing is made comparable once, however many reports use it; the GIN index on a name's
    -- probes finds the few names that it can be like.
    SELECT street, geo_reports_street_key(street) AS key
    FROM (SELECT DISTINCT street FROM placed
          WHERE street <> '' AND (
              category_id IN (SELECT unnest(categories) FROM geo_reports_routingclaim
                              WHERE version_id = {version} AND kind = 'road_name')
              OR EXISTS (SELECT 1 FROM geo_reports_routingclaim
                         WHERE version_id = {version} AND kind = 'road_name' AND categories = '{{}}'))) written
),
spelt AS (
    SELECT said.street, claim.id AS claim_id, max(word_similarity(name.key, said.key)) AS likeness
    FROM said
    JOIN geo_reports_routingname name ON name.probes && show_trgm(said.key)
    JOIN geo_reports_routingclaim claim ON claim.id = name.claim_id AND claim.version_id = {version}
    WHERE word_similarity(name.key, said.key) >= %(least_likeness)s
    GROUP BY said.street, claim.id
),
reached AS MATERIALIZED (
    SELECT touched.id, claim.kind || ':' || claim.feature_id AS ref, claim.kind, claim.rank, claim.agency_id,
           touched.distance_m, NULL::float4 AS likeness, touched.distance_m <= claim.reach_m AS is_hit,
           claim.is_weak OR (touched.distance_m = 0 AND coalesce(touched.edge_m < touched.slack_m, false)) AS is_soft,
           claim.is_weak, claim.name, claim.reason
    FROM touched JOIN geo_reports_routingclaim claim ON claim.id = touched.claim_id
    WHERE touched.distance_m <= greatest(claim.reach_m, touched.slack_m)
    UNION ALL
    SELECT placed.id, claim.kind || ':' || claim.feature_id, claim.kind, claim.rank, claim.agency_id,
           NULL, spelt.likeness, true, claim.is_weak, claim.is_weak, claim.name, claim.reason
    FROM spelt
    JOIN geo_reports_routingclaim claim ON claim.id = spelt.claim_id
    JOIN placed ON placed.street = spelt.street AND claim.in_force @> placed.on_date
     AND (claim.categories = '{{}}' OR placed.category_id = ANY(claim.categories))
),
beside AS MATERIALIZED (
    -- Other kelurahan, and other municipalities, nearer than the accuracy.
    SELECT placed.id, near.ref, coalesce('Kel. ' || kelurahan.name, near.name) AS name, near.distance_m,
           ground.agency_id, ground.reason,
           coalesce(ground.rank, own.rank) AS rank
    FROM placed
    JOIN ground own ON own.id = placed.id
    CROSS JOIN LATERAL (
        SELECT 'kelurahan:' || piece.area_id AS ref, piece.area_id AS code, NULL AS name,
               round(min(ST_Distance(piece.geometry_m, placed.point_m)) * 1000) / 1000 AS distance_m
        FROM geo_reports_kelurahanpiece piece
        WHERE ST_DWithin(piece.geometry_m, placed.point_m, placed.slack_m) AND piece.area_id <> placed.area
        GROUP BY piece.area_id
        UNION ALL
        SELECT 'neighbour:' || piece.name, NULL, piece.name,
               round(min(ST_Distance(piece.geometry_m, placed.point_m)) * 1000) / 1000
        FROM geo_reports_neighbourpiece piece
        WHERE ST_DWithin(piece.geometry_m, placed.point_m, placed.slack_m)
        GROUP BY piece.name
    ) near
    LEFT JOIN geo_reports_routingground ground
      ON ground.version_id = {version} AND ground.category_id = placed.category_id
     AND ground.area = near.code AND ground.in_force @> placed.on_date
    LEFT JOIN geo_reports_kelurahan kelurahan ON kelurahan.code = near.code
    WHERE placed.slack_m > 0 AND placed.area <> ''
      -- The same answer on both sides is no question.
      AND (near.code IS NULL
           OR (ground.agency_id, ground.is_conflict) IS DISTINCT FROM (own.agency_id, own.is_conflict))
),
candidate AS (
    SELECT id, ref, kind, rank, agency_id, distance_m, likeness, is_hit, is_soft, is_weak, name, reason,
           NULL::bigint AS ground_id
    FROM reached
    UNION ALL
    SELECT beside.id, beside.ref, 'beside', beside.rank, beside.agency_id, beside.distance_m, NULL,
           false, false, false, beside.name, beside.reason, NULL
    FROM beside
    UNION ALL
    SELECT ground.id, 'kelurahan:' || ground.area, 'ground', ground.rank, ground.agency_id, 0, NULL,
           true, false, false, NULL, NULL, ground.ground_id
    FROM ground
    WHERE ground.id IN (SELECT id FROM reached UNION ALL SELECT id FROM beside)
),
ordered AS (
    -- `turn` 1 wins: what the reporter pointed at, then strength, then likeness of the name, then nearness.
    SELECT candidate.*, placed.slack_m, placed.answer = candidate.ref AS is_answered,
           row_number() OVER (PARTITION BY candidate.id ORDER BY
               placed.answer = candidate.ref DESC, NOT candidate.is_hit, candidate.rank,
               candidate.likeness DESC NULLS LAST, candidate.distance_m, candidate.agency_id, candidate.ref) AS turn
    FROM candidate JOIN placed ON placed.id = candidate.id
),
weighed AS (
    SELECT ordered.*, turn > 1 AND agency_id IS DISTINCT FROM first_value(agency_id) OVER best
        AND NOT first_value(is_answered) OVER best
        AND CASE
            -- What would win on the other side of a border.
            WHEN kind = 'beside' THEN first_value(kind) OVER best = 'ground' OR rank < first_value(rank) OVER best
            -- Stronger, and out of reach by less than the accuracy.
            WHEN NOT is_hit AND rank < first_value(rank) OVER best THEN true
            -- Equals that cannot be told apart.
            WHEN rank = first_value(rank) OVER best AND coalesce(
                likeness >= first_value(likeness) OVER best - %(same_likeness)s,
                distance_m - first_value(distance_m) OVER best <= slack_m) THEN true
            -- What would win if the doubtful winner did not hold.
            ELSE first_value(is_soft) OVER best AND is_hit AND turn = 2
        END AS is_rival,
        rank - first_value(rank) OVER best AS behind, first_value(ground_id) OVER best IS NOT NULL AS on_ground
    FROM ordered WINDOW best AS (PARTITION BY id ORDER BY turn)
),
verdict AS (
    SELECT weighed.id, bool_or(is_rival) OR bool_or(turn = 1 AND ground.is_conflict) AS is_ambiguous,
           min(weighed.agency_id) FILTER (WHERE turn = 1) AS agency_id,
           min(coalesce(weighed.reason, ground.reason)) FILTER (WHERE turn = 1) AS reason,
           jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'kind', kind, 'ref', ref, 'name', name, 'agency', weighed.agency_id, 'rank', weighed.rank,
               'distance_m', round(distance_m::numeric, 1), 'likeness', round(likeness::numeric, 2),
               'reason', weighed.reason, 'doubtful', nullif(weighed.is_weak, false), 'version', {version}::bigint,
               'result', CASE WHEN is_rival THEN 'tied' WHEN turn = 1 THEN 'won' WHEN NOT is_hit THEN 'out_of_reach'
                              WHEN behind > 0 THEN 'weaker' ELSE 'farther' END)) ORDER BY turn)
               FILTER (WHERE ground_id IS NULL) AS lines,
           -- The rules below keep their own order; whether they won is the ground's turn to say.
           (array_agg(CASE WHEN on_ground THEN ground.lines
               WHEN is_rival THEN replace(ground.lines::text, '"result": "won"', '"result": "tied"')::jsonb
               ELSE ground.beaten END) FILTER (WHERE ground_id IS NOT NULL))[1] AS rules,
           bool_or(on_ground) AS on_ground
    FROM weighed LEFT JOIN geo_reports_routingground ground ON ground.id = weighed.ground_id
    GROUP BY weighed.id
)
SELECT placed.id, nullif(placed.area, '') AS kelurahan_id, final.agency_id,
       CASE WHEN final.is_ambiguous THEN 'ambiguous'
            WHEN final.agency_id IS NULL THEN 'nobody' ELSE 'decided' END AS outcome,
       final.reason, final.trace
FROM placed
LEFT JOIN ground ON ground.id = placed.id
LEFT JOIN geo_reports_routingground plain ON plain.id = ground.ground_id
LEFT JOIN verdict ON verdict.id = placed.id
CROSS JOIN LATERAL (
    -- Without a claim or a border near by, the ground's own answer, made ready when it was compiled.
    SELECT plain.agency_id, coalesce(plain.is_conflict, false) AS is_ambiguous, coalesce(plain.reason, '') AS reason,
           coalesce(plain.lines, '[]') AS trace
    WHERE verdict.id IS NULL
    UNION ALL
    SELECT CASE WHEN NOT verdict.is_ambiguous THEN verdict.agency_id END, verdict.is_ambiguous,
           coalesce(verdict.reason, ''),
           CASE WHEN verdict.on_ground THEN verdict.rules || coalesce(verdict.lines, '[]')
                ELSE verdict.lines || coalesce(verdict.rules, '[]') END
    WHERE verdict.id IS NOT NULL
) final
"""


IN_FORCE = sql.SQL("(SELECT max(id) FROM geo_reports_routingversion WHERE NOT is_rehearsal)")
METRES = sql.SQL("(SELECT metric_srid FROM geo_reports_city)")
VALUES = {"most_accuracy": MOST_ACCURACY_M, "least_likeness": LEAST_LIKENESS, "same_likeness": SAME_LIKENESS}


def statement(spots: sql.Composable, *, version: RoutingVersion | None = None) -> sql.Composed:
    """The decision over the rows of `spots`: id, kelurahan_id, agency_id, outcome, reason, trace.

    `spots` is a SELECT of id, point (EPSG:4326 or NULL), accuracy_m, category_id, street, on_date,
    placed_in (the kelurahan's code where it is known already, or NULL), and answer (the `ref` of
    the candidate that the reporter pointed at, or ''). Execute with VALUES and those of
    the spots. Decides by the version in force unless another compiled one is given.
    """
    number = IN_FORCE if version is None else sql.Literal(version.pk)
    return sql.SQL(DECIDE).format(spots=spots, version=number, srid=METRES)
