"""Typing a name finds areas, streets and reports: the public ones, however they are spelt."""

import json

import pytest
from django.contrib.gis.geos import LineString
from django.urls import reverse

from geo_reports.models import Kelurahan, RoutingFeature
from geo_reports.routing import versions
from geo_reports.workflow import Status
from tests.factories import ReportFactory, centre_of
from tests.maps.conftest import SECRET_WORDS


def look_for(client, text: str) -> dict:
    response = client.get(reverse("maps:search"), {"q": text})
    assert response.status_code == 200
    return response.json()


def areas(client, text: str) -> list[str]:
    return [area["label"] for area in look_for(client, text)["wilayah"]]


@pytest.fixture
def streets(toy_city) -> None:
    shape = LineString((10.001, 0.001), (10.003, 0.002), srid=4326)
    for name, aliases, geometry in (
        ("Jl. Ir. H. Mawar", ["Jl. Mawar"], None),
        ("Jl. Raya Melati", [], shape),
        ("Jl. Rahasia Draf", [], None),
    ):
        RoutingFeature.objects.create(
            kind="road", name=name, aliases=aliases, agency_id="roads", geometry=geometry, reason="jalan kota"
        )
        if name == "Jl. Raya Melati":
            versions.publish(author=None)


@pytest.mark.parametrize("text", ["timur", "TIMUR", "Tim", "Kec. Timur", "kecamatan timur", "kec timur", " timur "])
def test_case_dots_and_the_kind_in_front_do_not_matter(client, toy_city, text):
    assert areas(client, text)[0] == "Kec. Timur"


@pytest.mark.parametrize(
    "text", ["Kel. Timur Utara", "kelurahan timur utara", "timurutara", "TIMUR-UTARA", "timur utr"]
)
def test_a_kelurahan_is_found_and_names_its_kecamatan(client, toy_city, text):
    found = look_for(client, text)["wilayah"][0]
    assert found == {
        "kode": "99.01.1002",
        "jenis": "kelurahan",
        "nama": "Timur Utara",
        "label": "Kel. Timur Utara, Kec. Timur",
        "kecamatan": "99.01",
    }


def test_the_kind_in_front_narrows(client, toy_city):
    assert areas(client, "kel timur") == ["Kel. Timur Selatan, Kec. Timur", "Kel. Timur Utara, Kec. Timur"]
    assert areas(client, "kec barat") == ["Kec. Barat"]
    assert areas(client, "jl timur") == []


def test_the_name_comes_before_its_beginnings_and_parts(client, toy_city):
    Kelurahan.objects.create(code="99.02.1009", bps_code="9900020090", name="Baru Timur", kecamatan_id="99.02")
    assert areas(client, "timur")[0] == "Kec. Timur"
    assert areas(client, "timur")[-1] == "Kel. Baru Timur, Kec. Barat"


def test_a_slip_of_the_finger_is_forgiven_but_another_name_is_not_guessed(client, toy_city):
    assert areas(client, "timru utara") == ["Kel. Timur Utara, Kec. Timur"]
    assert areas(client, "gunung") == []


def test_another_spelling_of_an_area_is_known(client, toy_city):
    Kelurahan.objects.filter(pk="99.02.1002").update(aliases=["Kampung Lor"])
    assert areas(client, "kampung lor") == ["Kel. Barat Utara, Kec. Barat"]


def test_another_name_in_letters_that_nobody_types_is_no_trouble(client, toy_city):
    Kelurahan.objects.filter(pk="99.02.1002").update(aliases=["北", "...", ""])
    assert areas(client, "barat utara") == ["Kel. Barat Utara, Kec. Barat"]
    assert areas(client, "gunung") == []


@pytest.mark.parametrize("text", ["Jl. Mawar", "jalan mawar", "mawar", "JLN. IR H MAWAR", "maw", "mawr"])
def test_a_street_is_found_by_any_of_its_names_and_has_no_place_that_nobody_knows(client, streets, text):
    assert look_for(client, text)["jalan"] == [{"nama": "Jl. Ir. H. Mawar", "kata": "mawar", "rentang": None}]


def test_a_street_with_a_shape_says_where_it_is(client, streets):
    (street,) = look_for(client, "jl melati")["jalan"]
    assert (street["nama"], street["kata"]) == ("Jl. Raya Melati", "melati")
    assert street["rentang"] == pytest.approx([10.001, 0.001, 10.003, 0.002], abs=2e-6)


def test_what_is_only_a_draft_is_not_shown(client, streets):
    assert look_for(client, "rahasia draf")["jalan"] == []


@pytest.mark.parametrize("text", ["KC-7KX2QM", "kc7kx2qm", "kc 7kx2qm", "7kx2qm", "KC-7K", "KC-7KX2Q"])
def test_a_report_is_found_by_its_number(client, toy_city, text):
    ReportFactory(code="KC-7KX2QM", status=Status.DONE)
    assert look_for(client, text)["laporan"] == [
        {
            "kode": "KC-7KX2QM",
            "kategori": "Jalan berlubang",
            "status": "done",
            "status_nama": "Selesai",
            "tempat": "Kel. Timur Selatan, Kec. Timur",
            "titik": [10.015, 0.005],
        }
    ]


def test_a_blurred_report_has_no_point(client, town):
    (report,) = look_for(client, town.sensitive.code)["laporan"]
    assert report["titik"] is None
    assert report["tempat"] == "Kel. Timur Selatan, Kec. Timur"


def test_the_point_is_the_public_one(client, toy_city):
    ReportFactory(code="KC-7KX2QM", public_point=centre_of("99.02.1001"))
    assert look_for(client, "KC-7KX2QM")["laporan"][0]["titik"] == [10.005, 0.005]


def test_nothing_hidden_is_found_and_no_private_word_leaves(client, town):
    for report in town.hidden:
        assert look_for(client, report.code)["laporan"] == []
    for text in (*SECRET_WORDS, "Gang Sunyi", "Budi"):
        answer = json.dumps(look_for(client, text))
        assert answer == '{"wilayah": [], "jalan": [], "laporan": []}'


@pytest.mark.parametrize("text", ["", "t", ".", "jl", "jl. ", "kel", "kecamatan", "-- ;"])
def test_too_little_finds_nothing_without_asking_the_database(client, toy_city, django_assert_num_queries, text):
    with django_assert_num_queries(0):
        assert look_for(client, text) == {"wilayah": [], "jalan": [], "laporan": []}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "' OR 1=1--",
        "%",
        "%%%_\\",
        "🙂🙂",
        "a" * 100,
        "KC-%%%%%%",
        "KC-______",
    ],
)
def test_nonsense_is_answered(client, toy_city, text):
    ReportFactory()
    assert look_for(client, text)["laporan"] == []


@pytest.mark.parametrize("text", ["a\0b", "\0", "a" * 101, "a" * 10_000])
def test_what_no_name_can_be_is_refused_with_a_sentence(client, toy_city, text):
    response = client.get(reverse("maps:search"), {"q": text})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    assert "100" in response.content.decode()


def test_the_number_of_queries_does_not_grow(client, streets, django_assert_max_num_queries):
    for _ in range(8):
        ReportFactory()
    with django_assert_max_num_queries(5):
        look_for(client, "KC-000000")
    with django_assert_max_num_queries(3):
        look_for(client, "timur selatan")


def test_a_handful_is_enough(client, toy_city):
    for number in range(9):
        Kelurahan.objects.create(
            code=f"99.02.20{number:02}", bps_code=f"99000220{number:02}", name=f"Sama {number}", kecamatan_id="99.02"
        )
    assert len(areas(client, "sama")) == 5
