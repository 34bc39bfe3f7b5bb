"""The map page as the server writes it: complete without any script."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from geo_reports.models import Report
from tests.factories import ReportFactory
from tests.maps.conftest import SECRET_WORDS


def config_of(html: str) -> dict:
    return json.loads(re.search(r'<script id="konfigurasi"[^>]*>(.*?)</script>', html, re.DOTALL).group(1))


def test_it_shows_numbers_areas_and_the_latest_reports(client, town):
    html = client.get(reverse("home")).content.decode()
    assert re.search(r'data-total="9" data-open="8"', html)
    assert "1 tanpa lokasi" in html
    assert "1 di luar wilayah" in html
    assert f'{reverse("reports:list")}?kecamatan=99.01">5</a>' in html
    for report in town.public:
        assert reverse("reports:detail", args=[report.code]) in html


def test_it_hides_what_is_hidden(client, town):
    html = client.get(reverse("home")).content.decode()
    assert not [word for word in SECRET_WORDS if word in html]
    assert not [report.code for report in town.hidden if report.code in html]


def test_a_kecamatan_shows_its_kelurahan_and_the_way_back(client, town):
    html = client.get(reverse("home"), {"kecamatan": "99.01", "kategori": "pothole"}).content.decode()
    assert 'data-code="99.01.1001"' in html
    assert 'data-code="99.02.1001"' not in html
    assert '<a href="?kategori=pothole">Seluruh kota</a>' in html
    assert '<span aria-current="location">Kec. Timur</span>' in html


def test_a_kelurahan_alone_knows_its_kecamatan(client, town):
    html = client.get(reverse("home"), {"kelurahan": "99.01.1002"}).content.decode()
    assert "Kec. Timur</a>" in html
    assert '<span aria-current="location">Kel. Timur Utara</span>' in html


def test_filters_of_the_address_are_ticked_and_kept(client, town):
    query = {"kategori": "pothole,garbage", "status": "open", "dari": "2025-01-01", "ukuran": "all"}
    html = client.get(reverse("home"), query).content.decode()
    assert "2 pilihan" in html
    assert re.search(r'name="kategori" value="garbage"[^>]*checked', html)
    assert re.search(r'name="status" value="open"[^>]*checked', html)
    assert 'name="dari" value="2025-01-01"' in html
    assert '<option value="all" selected>' in html


def test_an_impossible_filter_is_named_and_everything_is_shown(client, town):
    response = client.get(reverse("home"), {"kategori": "<script>"})
    html = response.content.decode()
    assert response.status_code == 400
    assert "&lt;script&gt;" in html
    assert "<script>”" not in html
    assert 'data-total="9"' in html


def test_the_list_alone_can_be_fetched(client, town):
    html = client.get(reverse("home"), {"bagian": "daftar", "kategori": "garbage"}).content.decode()
    assert "<html" not in html
    assert 'data-total="1"' in html
    assert town.public[5].code in html
    assert client.get(reverse("home"), {"bagian": "daftar", "kategori": "ufo"}).status_code == 400


def test_an_empty_result_says_so_with_one_way_out(client, town):
    html = client.get(reverse("home"), {"q": "tidakadayangbegini"}).content.decode()
    assert "Tidak ada laporan yang cocok" in html


def test_scripts_get_addresses_and_words_and_the_policy_holds(client, town):
    response = client.get(reverse("home"))
    html = response.content.decode()
    config = config_of(html)
    assert config["urls"]["tiles"] == "/tiles/reports/{z}/{x}/{y}.mvt"
    assert config["statuses"]["done"] == "Selesai"
    assert config["categories"]["social"] == {"name": "Sosial", "icon": "social"}
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"]).group(1)
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)([^>]*)>", html)
    assert inline
    assert all(f'nonce="{nonce}"' in attributes for attributes in inline)
    assert " style=" not in html


def test_the_browser_learns_of_all_modules_and_of_the_first_data_at_once(client, town):
    html = client.get(reverse("home"), {"kecamatan": "99.01", "q": "lubang di", "ukuran": "all"}).content.decode()
    modules = re.findall(r'<link rel="modulepreload" href="/static/maps/([\w-]+)\.js">', html)
    assert modules[0] == "home"
    assert {"areas", "data", "words"} <= set(modules)
    assert "points" not in modules
    later = re.findall(r'<link rel="modulepreload" fetchpriority="low" href="/static/maps/([\w-]+)\.js">', html)
    assert later[0] == "around"
    assert {"filters", "timeline"} <= set(later)
    assert not set(later) & set(modules)
    assert html.index("importmap") < html.index("modulepreload")
    data = [unescape(url) for url in re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', html)]
    assert data == [
        "/peta/batas/kecamatan.geojson",
        "/peta/batas/kelurahan.geojson",
        "/peta/ukuran.json?kecamatan=99.01&q=lubang+di&level=kelurahan&ukuran=all",
    ]
    for url in data:
        assert client.get(url).status_code == 200


def test_the_list_alone_is_sent_again_only_when_it_has_changed(client, town):
    first = client.get(reverse("home"), {"bagian": "daftar"})
    again = client.get(reverse("home"), {"bagian": "daftar"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ReportFactory()
    changed = client.get(reverse("home"), {"bagian": "daftar"}, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "public" not in changed["Cache-Control"]


@pytest.mark.parametrize("query", [{}, {"bagian": "daftar"}])
def test_the_number_of_queries_does_not_grow_with_the_reports(client, town, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(10):
        client.get(reverse("home"), query)
    for _ in range(10):
        ReportFactory()
    with django_assert_max_num_queries(10):
        client.get(reverse("home"), query)


def test_a_city_without_any_data_still_answers(client, db):
    html = client.get(reverse("home")).content.decode()
    assert "Belum ada laporan" in html


def test_on_paper_it_says_what_is_shown_and_when(client, town):
    query = {"kategori": "pothole", "kecamatan": "99.01", "dari": "2025-03-01", "q": "lubang"}
    html = client.get(reverse("home"), query).content.decode()
    head = re.search(r'<div class="print-head">(.*?)</div>', html, re.DOTALL).group(1)
    assert "Saringan: Jalan berlubang; Kec. Timur; sejak 1 Mar 2025; “lubang”" in re.sub(r"\s+", " ", head)
    assert re.search(r"Keadaan \d+ \w+ \d{4}, \d\d\.\d\d", head)
    assert "Data contoh" not in head
    assert "Semua laporan, tanpa saringan." in client.get(reverse("home")).content.decode()


def test_on_paper_demo_data_say_so(client, town):
    Report.objects.filter(pk=town.public[0].pk).update(is_demo=True)
    html = client.get(reverse("home"), {"bagian": "daftar"}).content.decode()
    assert "Data contoh" in html


def test_the_table_ends_with_what_lies_nowhere_and_the_sum(client, town):
    html = client.get(reverse("home")).content.decode()
    foot = re.sub(r"<[^>]+>|\s+", " ", re.search(r"<tfoot>(.*?)</tfoot>", html, re.DOTALL).group(1)).split()
    assert " ".join(foot) == "Di luar atau tanpa wilayah 2 Seluruhnya 8 9"
