"""The page of kecamatan: numbers beside population, duplicates and people, and never few people told apart."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.models import ReporterCount
from analytics.reporters import count_reporters
from analytics.timing import folding
from geo_reports.models import Kecamatan, Report

PAGE = "/analitik/kecamatan/"


@pytest.fixture
def reports(add):
    """Thirty in Kec 1, settled by PU, two of them duplicates, five silent ones in Kec 2 and one outside."""
    Kecamatan.objects.filter(pk="77.01").update(population=60_000, population_source="Sensus Contoh")
    for number in range(1, 31):
        status = "merged" if number <= 2 else "done"
        add({"agency": "pu", "responded": number, "completed": number + 50}, status=status, closed=number + 50)
    for _ in range(5):
        add({"agency": "lampu"}, area="2")
    add(area="", forwarded=None, status="waiting")


def table(client, query: str = "") -> dict[str, dict[str, str]]:
    response = client.get(reverse("analytics:kecamatan_csv") + f"?{query}")
    rows = csv.DictReader(io.StringIO(response.content.decode()))
    return {row["kode"]: row for row in rows}


def test_reports_per_inhabitants_where_their_number_is_known(client, reports):
    rows, html = table(client), client.get(PAGE).content.decode()

    assert (rows["77.01"]["laporan"], rows["77.01"]["per_1000_penduduk"]) == ("30", "0.50")
    assert (rows["77.02"]["laporan"], rows["77.02"]["per_1000_penduduk"]) == ("5", "")
    assert "Sensus Contoh" in html
    assert "belum diketahui" in html


def test_hardly_any_is_not_written_as_none(client, reports):
    Kecamatan.objects.filter(pk="77.01").update(population=1_000_000)

    assert "&lt; 0,1" in client.get(PAGE).content.decode()


def test_without_any_population_there_is_no_column_for_it(client, reports):
    Kecamatan.objects.update(population=None)
    html = client.get(PAGE).content.decode()

    assert "Per 1.000 penduduk" not in html
    assert "belum diketahui" not in html


def test_the_page_says_first_how_far_the_medians_lie_apart(client, reports, add):
    assert client.get(PAGE).context["spread"] is None

    for number in range(1, 31):
        add({"agency": "lampu", "responded": number + 240}, area="2")
    response = client.get(PAGE)

    assert not response.context["spread"].is_common
    assert "Median tanggapan pertama antar-kecamatan: <strong>0,6–11 hari</strong>" in response.content.decode()  # noqa: RUF001  (from ... to)
    assert "banyaknya pelapor" not in response.content.decode()


def test_the_rows_add_up_to_the_list_and_outside_is_last(client, reports):
    shown = [row for row, _query in client.get(PAGE).context["districts"]]

    assert [row.code for row in shown] == ["77.01", "77.02", ""]
    assert sum(row.n for row in shown) == Report.objects.public().count() == 36


def test_what_is_closed_and_what_was_a_duplicate(client, reports):
    first, second, _outside = (row for row, _query in client.get(PAGE).context["districts"])

    assert (first.closed.count, first.closed.n, first.merged.count) == (30, 30, 2)
    assert second.closed.is_few
    assert table(client)["77.02"]["ditutup"] == ""


def test_one_kecamatan_is_told_by_its_kelurahan(client, reports):
    response = client.get(PAGE + "?kecamatan=77.01")

    assert [row.code for row, _query in response.context["districts"]] == ["77.01.1001"]
    assert "Kelurahan di Kec. Kec 1" in response.content.decode()


def test_people_are_counted_once_and_few_are_not_kept(client, add):
    now = timezone.now()
    for number in range(12):
        for _twice in range(2):
            add(submitted_at=now, forwarded=None, status="waiting", reporter_contact=f"Warga{number}@example.org")
    add(submitted_at=now, forwarded=None, status="waiting", reporter_contact="warga0@example.org")
    add(submitted_at=now - timedelta(days=400), forwarded=None, status="waiting", reporter_contact="lama@example.org")
    for number in range(9):
        add(submitted_at=now, forwarded=None, status="waiting", area="2", reporter_contact=f"{number}@example.org")
    hidden = {"visibility": "confidential", "submitted_at": now, "forwarded": None, "status": "waiting"}
    add(area="2", reporter_contact="rahasia@example.org", **hidden)

    assert count_reporters(now) == 2
    assert list(ReporterCount.objects.order_by("area").values_list("area", "reporters", "reports")) == [
        ("77.01", 12, 25), ("77.01.1001", 12, 25), ("77.02", None, None), ("77.02.1001", None, None),
    ]  # fmt: skip
    assert table(client)["77.01"]["pelapor_setahun"] == "12"
    assert table(client)["77.02"]["pelapor_setahun"] == ""


def test_counting_again_forgets_what_is_over(add):
    add(submitted_at=timezone.now(), forwarded=None, status="waiting", reporter_contact="a@example.org")
    count_reporters(timezone.now())
    Report.objects.update(reporter_contact="")
    count_reporters(timezone.now())

    assert not ReporterCount.objects.exists()


@pytest.mark.parametrize("more", [0, 20])
def test_the_page_asks_a_handful_of_questions(client, reports, add, more, django_assert_num_queries):
    for _ in range(more):
        add({"agency": "lampu"}, area="2")
    folding.fold_all()

    with django_assert_num_queries(10):
        client.get(PAGE)


def test_without_reports_and_with_one_the_page_reads_well(client, add):
    assert "Belum ada laporan" in client.get(PAGE).content.decode()

    add({"agency": "pu"})
    html = client.get(PAGE).content.decode()
    assert "terlalu sedikit" in html
    assert "data-grafik" not in html
