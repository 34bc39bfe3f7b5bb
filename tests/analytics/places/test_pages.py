"""The page of hot spots, its files and its numbers, through the test client."""

import csv
import io
import re

import pytest
from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.urls import reverse

from analytics.places.files import TABLES
from geo_reports.forms.filters import read_filters
from geo_reports.models import Report
from tests.analytics.places.town import at, find, rosette
from tests.factories import ReportFactory

QUERIES = ["", "kategori=garbage", "kecamatan=99.02", "status=closed", "q=Lubang&skpd=roads", "dari=2025-03-14"]


def words(html: str) -> str:
    without_data = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_data).split())


def page(client, query: str = "") -> str:
    response = client.get(reverse("analytics:places"), QueryDict(query).dict())
    assert response.status_code == 200
    return response.content.decode()


def table(client, name: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse("analytics:places_csv", args=[name]) + f"?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.fixture
def town(report):
    """A heap of 60 in seven cells, 120 spread over the city, some settled and back, some in no cell."""
    heap = rosette()
    for number in range(60):
        lat, lon = heap[number % 7].middle
        report(point=Point(lon, lat, srid=4326), sent=number % 3, fixed=5 if number % 2 else None)
    places = [at(-1_400 + number % 11 * 180, -400 + number // 11 * 180) for number in range(120)]
    Report.objects.bulk_create(ReportFactory.build(point=point, category_id="garbage") for point in places)
    lat, lon = heap[0].middle
    for late in (20, 21):
        report(point=Point(lon, lat, srid=4326), sent=late)
    report(point=None, placement="chosen", kelurahan_id="99.02.1001")
    report(category_id="social", kelurahan_id="99.02.1001")
    report(50_000, kelurahan_id=None, agency_id=None)
    find()


@pytest.mark.parametrize("query", QUERIES)
def test_all_numbers_are_those_of_the_list(client, town, query):
    listed = Report.objects.public().matching(read_filters(QueryDict(query))).count()
    response = client.get(reverse("analytics:places") + f"?{query}")
    context = response.context
    in_cells = client.get(reverse("analytics:places_cells") + f"?{query}").json()["features"]
    nowhere = context["counts"].without_point + context["counts"].blurred + context["cells"].outside

    assert context["counts"].n == listed
    assert sum(cell["properties"]["n"] for cell in in_cells) + nowhere == listed
    assert sum(int(row["laporan"]) for row in table(client, "sel", query)) + nowhere == listed
    in_kelurahan = sum(int(row["laporan"]) for row in table(client, "kelurahan", query))
    assert in_kelurahan + context["kelurahan"].outside == listed


def test_the_heap_is_said_to_be_dense_in_words_table_and_map(client, town):
    html = page(client)
    dense = {row["sel"] for row in table(client, "sel") if row["kepadatan"] in {"padat", "sangat padat"}}
    drawn = client.get(reverse("analytics:places_cells")).json()["features"]

    assert dense == {cell["id"] for cell in drawn if cell["properties"]["density"] in {"dense", "very_dense"}}
    assert 0 < len(dense) <= 7
    assert re.search(rf"Di {len(dense)} dari \d+ sel, laporan di sel itu bersama tetangganya lebih banyak", words(html))
    assert f'data-cell="{min(dense)}"' in html
    assert min(dense) not in words(html), "codes are for files"


def test_an_empty_cell_that_is_said_to_be_dense_is_named_too(client, report):
    """What is judged is a cell with its neighbours: a hole in the middle of a heap belongs to it."""
    heap = rosette()
    for number in range(240):
        lat, lon = heap[1 + number % 6].middle
        report(point=Point(lon, lat, srid=4326))
    find()
    html = page(client)
    empty = next(row for row in table(client, "sel") if row["sel"] == heap[0].code)

    assert (empty["laporan"], empty["kepadatan"]) == ("0", "sangat padat")
    assert float(empty["per_km2_bersama_tetangga"]) == pytest.approx(240 / sum(c.area_km2 for c in heap), rel=0.05)
    assert f'data-cell="{heap[0].code}"' in html
    shown = client.get(reverse("analytics:places")).context
    assert {row.code for row in shown["cells"].dense} <= {named.row.code for named in shown["cell_rows"]}
    assert "Per km², bersama tetangga" in html
    assert "Sel dinilai bersama sel yang menempel padanya" in html


def test_who_is_in_no_cell_is_named(client, town):
    said = words(page(client))

    assert "185 laporan." in said
    assert "1 tanpa titik di peta." in said
    assert "1 dengan lokasi yang disamarkan" in said
    assert "1 di luar batas kota." in said


def test_the_place_where_reports_came_back_leads_to_its_reports(client, town):
    html = page(client)
    (spot,) = table(client, "titik")
    address = re.search(r'href="(/laporan/\?[^"]+)">Daftar laporan', html)[1].replace("&amp;", "&")
    listed = client.get(address)

    assert int(spot["laporan_baru"]) == 2
    assert listed.status_code == 200
    assert spot["laporan_selesai"] in html
    assert "/?kategori=pothole&amp;dari=2025-03-17&amp;sampai=2025-04-02&amp;peta=18/" in html


def test_the_table_of_recurrence_has_every_level(client, town):
    rows = table(client, "berulang")

    assert {row["menurut"] for row in rows} == {"kota", "skpd", "kategori", "kelurahan"}
    whole = next(row for row in rows if row["menurut"] == "kota")
    assert int(whole["selesai_diikuti"]) == 30
    assert f"Dari 30 laporan yang dinyatakan selesai, {whole['dilaporkan_lagi']} (" in words(page(client))


def test_all_cells_can_be_asked_for(client, town):
    shown = [len(client.get(reverse("analytics:places") + query).context["cell_rows"]) for query in ("", "?sel=semua")]

    assert shown[0] == 12 < shown[1]
    assert "?kategori=garbage&amp;sel=semua#sel" in page(client, "kategori=garbage")


@pytest.mark.parametrize("more", [0, 40])
def test_the_page_asks_a_fixed_number_of_questions(client, town, report, more, django_assert_num_queries):
    page(client)
    for number in range(more):
        report(number * 30, fixed=5)
    with django_assert_num_queries(15):
        page(client)


def test_without_reports_the_page_invites_to_send_one(client, toy_city):
    html = page(client)

    assert "Belum ada laporan" in words(html)
    assert "data-peta" not in html
    assert table(client, "titik") == []


def test_one_report_is_too_few_and_still_on_the_map(client, report):
    report()
    html = page(client)

    assert "1 laporan: terlalu sedikit" in words(html)
    assert "Belum ada sel dengan lebih dari satu laporan. Tampilkan 1 sel lainnya" in words(html)
    assert "data-cell" not in html
    assert "data-cell" in page(client, "sel=semua")
    assert "Belum ada laporan yang dinyatakan selesai" in words(html)
    assert client.get(reverse("analytics:places_cells")).json()["few"] is True


def test_a_filter_that_finds_nothing_offers_to_drop_it(client, town):
    assert "Tidak ada laporan yang cocok" in words(page(client, "q=zzz"))


def test_an_impossible_filter_is_named_and_everything_shown(client, town):
    response = client.get(reverse("analytics:places") + "?skpd=tidak-ada")

    assert response.status_code == 400
    assert "tidak-ada" in words(response.content.decode())
    assert response.context["counts"].n == 185


@pytest.mark.parametrize("name", [*TABLES, "sel.geojson"])
def test_machines_get_a_sentence_and_400(client, toy_city, name):
    file = name if "." in name else f"{name}.csv"
    response = client.get(f"/analitik/titik-rawan/{file}?dari=kemarin")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_an_unknown_table_is_not_found(client, toy_city):
    assert client.get("/analitik/titik-rawan/rahasia.csv").status_code == 404
    assert client.post(reverse("analytics:places")).status_code == 405


def test_nothing_is_inline(client, town):
    html = page(client)

    assert not re.search(r"<[^>]+\sstyle=", html)
    assert re.findall(r"<script(?![^>]*(?:src|nonce|application/json))", html) == []


def test_the_pages_of_analytics_know_each_other(client, toy_city):
    assert 'href="/analitik/titik-rawan/"' in client.get("/analitik/").content.decode()
    assert 'href="/analitik/"' in page(client)
