"""Streets as people write them against the register of the real city: found, or honestly not found."""

from datetime import date

import pytest
from django.db import connection

from geo_reports.models import Category, Kelurahan, RoutingClaim
from geo_reports.routing import Outcome, Placement, decide, engine, words

# What engine.py does with an address, for every name of the register.
FOUND = """
SELECT DISTINCT claim.name FROM geo_reports_routingname name
JOIN geo_reports_routingclaim claim ON claim.id = name.claim_id
WHERE name.probes && show_trgm(geo_reports_street_key(%(said)s))
  AND word_similarity(name.key, geo_reports_street_key(%(said)s)) >= %(least)s
ORDER BY claim.name
"""
ALL = FOUND.replace("name.probes && show_trgm(geo_reports_street_key(%(said)s))\n  AND ", "")


def found(said: str, statement: str = FOUND) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"said": said, "least": engine.LEAST_LIKENESS})
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("said", "road"),
    [
        ("jln ry siliwangi", "Jl. Raya Siliwangi"),
        ("Jl. Raya Siliwangi No. 5, dekat pom bensin", "Jl. Raya Siliwangi"),
        ("JALAN RAYA SILIWNGI", "Jl. Raya Siliwangi"),
        ("depan ruko jl raya siliwangi rt 03 rw 05", "Jl. Raya Siliwangi"),
        ("jl. r.e. martadinata", "Jl. R.E. Martadinata"),
        ("Jl RE Martadinata, Gaplek", "Jl. R.E. Martadinata"),
        ("jl otista raya", "Jl. Otto Iskandardinata"),
        ("Jl. Raya Jombng", "Jl. Raya Jombang"),
        ("jl padjajaran", "Jl. Pajajaran"),
        ("Jl. Dr. Setiabudi", "Jl. Dr. Setia Budi"),
        ("Jln Ir H Juanda", "Jl. Ir. H. Juanda"),
        ("pinggir jl wr supratman", "Jl. W.R. Supratman"),
        ("Jalan Arya Putra", "Jl. Aria Putra"),
        ("jl haji usman", "Jl. H. Usman"),
    ],
)
def test_a_road_is_found_however_it_is_written(reference_data, said, road):
    assert road in found(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "di depan rumah saya",
        "Jl. Melati 3 blok C",
        "jl raya serua",
        "Jl. Ciputat Raya",
        "gg. haji usin",
        "pasar",
        "jl. raya",
    ],
)
def test_other_streets_are_nobody_we_know(reference_data, said):
    assert found(said) == []


def test_nobody_is_asked_about_a_road_whose_owner_is_in_doubt(reference_data):
    category = Category.objects.get(pk="damaged-road")
    placement = Placement(Outcome.INSIDE, Kelurahan.objects.select_related("kecamatan").first())
    decision = decide(category, placement, date(2026, 1, 1), street="Jl. Raden Patah")
    assert [line["agency"] for line in decision.candidates] == ["pupr-banten", "dsdabmbk"]
    assert decision.question == []
    assert [line.result for line in words.told(decision.trace)][:2] == ["sama-sama mungkin"] * 2


def test_the_rarest_trigrams_overlook_nothing(reference_data):
    names = list(RoutingClaim.objects.filter(kind="road_name").values_list("name", flat=True))
    written = [*names, *(name[:-1] for name in names), *(name.replace("a", "", 1) for name in names)]
    assert [found(said) for said in written] == [found(said, ALL) for said in written]
