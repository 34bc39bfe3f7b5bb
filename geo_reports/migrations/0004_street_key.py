"""Names of streets as people write them, made comparable: `Jln. Ry. Siliwangi` and `Jalan Raya Siliwangi`.

The rule lives in the database, because a million addresses are compared there. A changed rule is a
new migration with CREATE OR REPLACE, and `routing.versions.recompile()` after it.
"""

from django.db import migrations

# Abbreviations as in Indonesian SMS and on signs. Words that only say "street" are dropped.
CREATE = r"""
CREATE OR REPLACE FUNCTION geo_reports_street_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(string_agg(word, ' ' ORDER BY number) FILTER (WHERE word <> ''), '')
    FROM (
        SELECT number, CASE raw
            WHEN 'jl' THEN '' WHEN 'jln' THEN '' WHEN 'jalan' THEN '' WHEN 'jlan' THEN '' WHEN 'ruas' THEN ''
            WHEN 'ry' THEN 'raya' WHEN 'rya' THEN 'raya'
            WHEN 'gg' THEN 'gang' WHEN 'haji' THEN 'h' WHEN 'insinyur' THEN 'ir' WHEN 'dokter' THEN 'dr'
            WHEN 'doktor' THEN 'dr' WHEN 'letjen' THEN 'letnan jenderal' WHEN 'jend' THEN 'jenderal'
            WHEN 'otista' THEN 'otto iskandardinata' WHEN 'kh' THEN 'kyai h' WHEN 'kiai' THEN 'kyai'
            WHEN 'ps' THEN 'pasar' WHEN 'psr' THEN 'pasar' WHEN 'kp' THEN 'kampung' WHEN 'kmpg' THEN 'kampung'
            ELSE raw END AS word
        FROM regexp_split_to_table(
            -- Initials belong together: R.E. Martadinata is RE Martadinata.
            regexp_replace(regexp_replace(regexp_replace(lower(left(name, 200)),
                '\m([a-z])\.\s?(?=[a-z]\M)', '\1', 'g'), '[^a-z0-9]+', ' ', 'g'), '^ | $', '', 'g'),
            ' ') WITH ORDINALITY AS word (raw, number)
    ) words
$$
"""


class Migration(migrations.Migration):
    dependencies = [("geo_reports", "0003_routing")]
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION geo_reports_street_key(text)")]
