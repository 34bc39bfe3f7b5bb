"""The page, its CSV twin and the numbers for the map, through the test client."""

import csv
import io
import json
import random
import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from analytics.timing import folding
from geo_reports.forms.filters import read_filters
from geo_reports.models import Report
from tests.analytics.scattering import thirty_answered

NAMES = {"": "Tanpa SKPD", "pu": "PU", "lampu": "Lampu"}


@pytest.fixture
def reports(add):
    thirty_answered(add)


def page(client, query: str = "") -> str:
    response = client.get(reverse("analytics:overview"), QueryDict(query).dict())
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """The text of a page, tags away, spaces collapsed."""
    without_data = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_data).split())


def table(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse("analytics:csv") + f"?{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.usefixtures("half_a_year_later")
def test_the_page_says_first_how_long_half_of_the_reports_wait(client, reports):
    text = words(page(client))

    assert "Separuh laporan mendapat tanggapan pertama dalam 0,9 hari ." in text
    assert "12 laporan masih menunggu tanggapan lebih dari 14 hari." in text
    assert "Dari 12 yang belum selesai di SKPD, 12 (100%) sudah menunggu 180 hari atau lebih." in text


def test_the_page_says_what_no_clock_follows(client, reports):
    text = words(page(client))

    assert "44 laporan, 14 masih terbuka." in text
    assert "2 laporan belum masuk hitungan waktu: 1 menunggu verifikasi, 1 tanpa SKPD." in text


def test_a_group_under_ten_events_says_so_and_shows_no_duration(client, reports):
    row = re.search(r"<tr[^>]*>\s*<th scope=\"row\"><a[^>]*>Lampu.*?</tr>", page(client), flags=re.DOTALL).group()

    assert "terlalu sedikit" in row
    assert "0 dari 12" in words(row)
    assert "<svg" not in row


def test_a_median_not_reached_is_said_in_words(client, add):
    for number in range(1, 12):
        add({"agency": "pu", "responded": number})
    for _ in range(40):
        add({"agency": "pu"})

    text = words(page(client))
    assert "Belum separuh laporan mendapat tanggapan pertama." in text
    assert "belum tercapai" in text


@pytest.mark.parametrize("query", ["", "kategori=jalan", "skpd=pu", "status=open&kecamatan=77.02"])
def test_the_csv_says_the_same_as_the_table(client, reports, query):
    html = page(client, query).partition('id="tabel"')[2]
    shown = re.findall(
        r'<th scope="row">(?:<a[^>]*>)?(\w[^<]*?)<.*?data-label="Laporan">(\d+)<.*?terbuka">(\d+)<', html, re.DOTALL
    )
    rows = [
        (
            "Tanpa SKPD" if row["skpd"] == "" else {"pu": "PU", "lampu": "Lampu"}[row["skpd"]],
            row["laporan"],
            row["terbuka"],
        )
        for row in table(client, query)
    ]

    assert rows
    assert shown[: len(rows)] == rows


def test_the_csv_has_decimal_points_and_empty_cells_for_the_unknown(client, reports):
    pu, lampu, nobody = table(client)

    assert (pu["tanggapan_median_hari"], pu["tanggapan_diikuti"], pu["tanggapan_peristiwa"]) == ("0.62", "30", "30")
    assert (pu["selesai_rata_rata_selesai_hari"], pu["nama"]) == ("2.73", "Dinas Pekerjaan Umum")
    assert (lampu["tanggapan_median_hari"], lampu["tanggapan_diikuti"]) == ("", "12")
    assert (nobody["skpd"], nobody["nama"], nobody["laporan"]) == ("", "Tanpa SKPD", "1")


def test_n_equals_the_list_for_random_filters(client, reports):
    chance = random.Random(5)  # noqa: S311  (test data)
    for _ in range(12):
        query = "&".join(
            part
            for part in (
                chance.choice(["", "kategori=jalan"]),
                chance.choice(["", "skpd=pu", "skpd=pu,lampu"]),
                chance.choice(["", "status=open", "status=closed", "status=waiting"]),
                chance.choice(["", "kecamatan=77.01", "kelurahan=77.02.1001"]),
                chance.choice(["", "dari=2025-03-01", "sampai=2025-03-02", "q=Lubang"]),
            )
            if part
        )
        listed = Report.objects.public().matching(read_filters(QueryDict(query))).count()
        response = client.get(reverse("analytics:overview") + f"?{query}")
        areas = client.get(reverse("analytics:areas") + f"?{query}").json()

        assert response.context["total"].n == listed
        assert sum(row.n for row in response.context["rows"]) == listed
        assert sum(int(row["laporan"]) for row in table(client, query)) == listed
        assert sum(area["n"] for area in areas.values()) == listed


@pytest.mark.parametrize("more", [0, 30])
def test_the_page_asks_a_handful_of_questions(client, reports, add, more, django_assert_num_queries):
    for _ in range(more):
        add({"agency": "lampu"})

    folding.fold_all()
    with django_assert_num_queries(13):
        page(client)


def test_an_impossible_filter_is_named_and_everything_shown(client, reports):
    response = client.get(reverse("analytics:overview") + "?skpd=tidak-ada")

    assert response.status_code == 400
    assert "tidak-ada" in words(response.content.decode())
    assert response.context["total"].n == 44


@pytest.mark.parametrize("name", ["analytics:csv", "analytics:areas"])
@pytest.mark.parametrize("query", ["skpd=tidak-ada", "dari=kemarin", "kategori=%00"])
def test_machines_get_a_sentence_and_400(client, reports, name, query):
    response = client.get(reverse(name) + f"?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert len(response.content.decode()) > 10


def test_the_words_for_what_is_filtered_out_can_be_taken_away(client, reports):
    html = page(client, "skpd=lampu&dari=2025-03-01&q=Lubang")

    assert "32 laporan lain tersaring." in words(html)
    assert 'href="/analitik/?dari=2025-03-01&amp;q=Lubang"' in html
    assert 'href="/analitik/?skpd=lampu&amp;dari=2025-03-01"' in html


def test_several_chosen_values_survive_sending_the_form_again(client, reports):
    assert '<option value="pu,lampu" selected>2 dipilih</option>' in page(client, "skpd=pu,lampu")


def test_a_status_filter_is_warned_about(client, reports):
    assert "memilih laporan menurut hasilnya" in words(page(client, "status=closed"))


def test_heads_sort_by_plain_links(client, reports):
    html = page(client, "urut=tanggapan&skpd=pu,lampu")

    assert html.index(">PU</a>") < html.index(">Lampu</a>")
    assert 'aria-sort="ascending"' in html
    assert 'href="?skpd=pu,lampu&amp;urut=-tanggapan#tabel"' in html
    assert [row.slug for row in client.get("/analitik/?urut=n").context["rows"]] == ["lampu", "pu", ""]
    assert [row.slug for row in client.get("/analitik/?urut=skpd").context["rows"]] == ["lampu", "pu", ""]
    assert [row.slug for row in client.get("/analitik/?urut=drop+table").context["rows"]] == ["pu", "lampu", ""]


def test_the_page_of_an_skpd_is_a_press_away_with_what_is_filtered(client, reports):
    assert 'href="/analitik/skpd/pu/?kategori=jalan"' in page(client, "kategori=jalan&skpd=pu,lampu")


def test_figures_are_data_for_the_script_and_nothing_is_inline(client, reports):
    html = page(client)
    data = re.search(r'<script id="data-grafik" type="application/json">(.*?)</script>', html, re.DOTALL).group(1)

    assert set(json.loads(data)) == {"response", "completion", "curves", "flow", "stages", "ages"}
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert "plotly-basic.min.js" in html
    assert html.count("<script") == html.count('type="application/json"') + html.count(" src=")


def test_with_days_in_the_filter_the_flow_says_that_it_is_not_all(client, reports):
    assert "yang dikirim di luar tanggal itu tidak ada di sini" in words(page(client, "dari=2025-01-01"))
    assert "di luar tanggal itu" not in words(page(client, "skpd=pu"))


def test_every_figure_has_a_file_with_the_filter_of_the_page(client, reports):
    html = page(client, "skpd=pu")

    for address in set(re.findall(r'href="(/analitik/[^"]+\.csv[^"]*)"', html)):
        response = client.get(address)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert len(b"".join(response).splitlines()) > 1
        assert address.endswith("?skpd=pu")


def test_the_paper_of_one_skpd_is_offered_where_one_is_chosen(client, reports):
    hidden = '<input type="hidden" name="skpd" value="pu">'

    assert hidden in page(client, "skpd=pu")
    assert hidden not in page(client)
    assert 'href="/analitik/penugasan.csv?skpd=pu"' in page(client, "skpd=pu")


def test_a_table_that_does_not_exist_is_not_found(client, reports):
    assert client.get("/analitik/naga.csv").status_code == 404


def test_the_stages_of_the_whole_city_begin_with_the_verification(client, reports):
    rows = list(csv.DictReader(io.StringIO(client.get("/analitik/tahap.csv").content.decode())))

    assert [(row["tahap"], row["diikuti"], row["berjalan"]) for row in rows] == [
        ("Verifikasi", "44", "2"), ("Tanggapan pertama", "42", "12"), ("Penyelesaian", "42", "12"),
    ]  # fmt: skip


def test_spells_of_an_skpd_have_no_verification(client, reports):
    assert client.get("/analitik/tahap.csv?skpd=pu").content.decode().count("Verifikasi") == 0


def test_without_reports_the_page_invites_to_send_one(client, office):
    html = page(client)

    assert "Belum ada laporan" in words(html)
    assert "data-grafik" not in html
    assert client.get(reverse("analytics:areas")).json() == {}
    assert table(client) == []


def test_a_filter_that_finds_nothing_offers_to_drop_it(client, reports):
    assert "Tidak ada laporan yang cocok" in words(page(client, "q=zzz"))


def test_one_report_is_too_few_for_a_sentence_about_time(client, add):
    add({"agency": "pu", "responded": 3})

    assert "Baru 1 laporan mendapat tanggapan" in words(page(client))


def test_nothing_but_reading_is_allowed(client, office):
    assert client.post(reverse("analytics:overview")).status_code == 405


def test_a_table_as_a_file_is_in_the_language_of_its_reader(client, reports):
    assert "Cookie" in client.get("/analitik/tahap.csv")["Vary"]


def test_what_is_open_and_not_among_the_ages_is_accounted_for(client, add):
    add({"agency": "pu"})
    add({"agency": "pu", "responded": 1, "completed": 2}, status="reopened")
    add(area="", forwarded=None, status="waiting")

    assert (
        "2 laporan terbuka lain tidak termasuk: belum diteruskan, atau dibuka lagi sesudah dinyatakan selesai."
        in words(page(client))
    )
