"""The monthly report as the public gets it, from rows of the database."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from analytics import measures, queries
from analytics.monthly.naming import phrases
from analytics.monthly.saying import backing, median
from geo_reports.filters import ReportFilters
from tests.analytics.monthly.reading import pages, text

URL = "/analitik/laporan.pdf"


def body(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200, response.content.decode()
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response.streaming_content)


def told(client, **query: str) -> str:
    return text(body(client.get(URL, {"bulan": "2025-03"} | query)))


def test_the_address_is_the_one_that_is_promised():
    assert reverse("analytics:monthly") == URL


def test_the_numbers_are_those_of_the_analytics_page(client, march):
    filters = ReportFilters(dari=date(2025, 3, 1), sampai=date(2025, 3, 31))
    clocks = measures.measured(queries.clock_counts(filters, "city", timezone.now()))
    response, how = clocks["response", None], phrases()

    paper = told(client)

    assert f"ditanggapi dalam {median(response, how)} ({backing(response, how)})." in paper
    completion = clocks["completion", None]
    assert f"Penyelesaian (median) {median(completion, how)} {backing(completion, how)}" in paper
    assert "Laporan masuk 43 tidak ada" in paper
    assert "12 laporan, juga dari bulan lain, masih menunggu tanggapan lebih dari 14 hari." in paper


def test_the_tables_add_up_to_the_list(client, march):
    shown = queries.report_counts(ReportFilters(), "city", timezone.now())
    paper = told(client)
    assert int(shown["n"].sum()) == 43
    assert "Jalan 43 13 42" in paper
    assert "Kec 1 30 0 30" in paper
    assert "Kec 2 12 12 12" in paper
    assert "Di luar semua wilayah 1 1 0" in paper
    assert "PU 30 0 30" in paper
    assert "Lampu 12 12 12 terlalu sedikit" in paper
    assert "Tanpa SKPD 1 1 0" in paper


def test_an_agency_has_a_report_of_its_own(client, march):
    paper = told(client, skpd="pu")
    assert "Dinas Pekerjaan Umum, Kota Uji" in paper
    assert "Laporan masuk 30 tidak ada" in paper
    assert "/analitik/laporan.pdf?bulan=2025-03&skpd=pu" in paper
    assert "Laporan keluar" in paper
    assert "Lampu" not in paper
    assert "Tidak ada laporan yang masih menunggu tanggapan lebih dari 14 hari." in paper


def test_nothing_stands_in_it_that_the_public_may_not_know(client, march):
    paper = told(client)
    for words in ("RAHASIA", "DITAHAN", "Lubang", "T-000"):
        assert words not in paper


def test_a_month_without_reports_between_others_reads_well(client, march):
    paper = text(body(client.get(URL, {"bulan": "2025-05"})))
    assert "Tidak ada laporan yang masuk Mei 2025." in paper
    assert "Tunggakan akhir bulan 13" in paper


def test_a_single_report_reads_well(client, city, add):
    add({"agency": "pu", "responded": 3})
    assert "1 dari 1 laporan yang masuk Maret 2025 mendapat tanggapan: terlalu sedikit" in told(client)


def test_reports_that_only_wait_read_well(client, city, add):
    for _ in range(15):
        add({"agency": "pu"})
    paper = told(client)
    assert "0 dari 15 laporan" in paper
    assert "15 laporan, juga dari bulan lain, masih menunggu" in paper


def test_the_last_complete_month_is_the_usual_one(client, city, add):
    add({"agency": "pu"})
    this_month = timezone.localdate().replace(day=1)
    response = client.get(URL)
    month = (this_month.year * 12 + this_month.month - 2) // 12, (this_month.month - 2) % 12 + 1
    assert f"laporan-bulanan_kota_{month[0]}-{month[1]:02}.pdf" in response["Content-Disposition"]
    assert f"hal. 1 dari {len(pages(body(response)))}" in text(body(client.get(URL)))


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"bulan": "2999-01"}, 404, "Januari 2999 belum tiba"),
        ({"bulan": "2025-02"}, 404, "Tidak ada laporan untuk Februari 2025: laporan pertama masuk Maret 2025."),
        ({"bulan": "Maret"}, 400, "misalnya 2026-10"),
        ({"bulan": "2025-13"}, 400, "misalnya 2026-10"),
        ({"bulan": "2025-03\0"}, 400, "misalnya 2026-10"),
        ({"skpd": "tidak-ada"}, 400, "“tidak-ada” tidak dikenal"),
        ({"skpd": "<b>"}, 400, "“&lt;b&gt;” tidak dikenal"),
    ],
)
def test_what_cannot_be_reported_is_refused_with_a_sentence(client, march, query, status, sentence):
    response = client.get(URL, query)
    assert response.status_code == status
    assert sentence in response.content.decode()


def test_the_button_offers_every_month_since_the_first_report(march):
    button = render_to_string("analytics/_pdf_button.html", {"skpd": "pu"})
    options = re.findall(r'<option value="([0-9-]+)"( selected)?>', button)
    assert options[0][0] == f"{timezone.localdate():%Y-%m}"
    assert options[-1] == ("2025-03", "")
    assert [bool(selected) for _value, selected in options[:3]] == [False, True, False]
    assert '<input type="hidden" name="skpd" value="pu">' in button
    assert f'action="{URL}"' in button


def test_without_any_report_there_is_nothing_to_print(client, city):
    response = client.get(URL)
    assert response.status_code == 404
    assert "Belum ada laporan warga" in response.content.decode()
    assert "Unduh PDF" not in response.content.decode()


def test_who_has_the_report_already_is_not_sent_it_again(client, march, add):
    first = client.get(URL, {"bulan": "2025-03"})
    body(first)
    again = client.get(URL, {"bulan": "2025-03"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")

    add({"agency": "pu"})
    assert client.get(URL, {"bulan": "2025-03"}, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_months_and_languages_are_told_apart_by_their_etag(client, march):
    queries_ = [{"bulan": "2025-03"}, {"bulan": "2025-04"}, {"bulan": "2025-03", "skpd": "pu"}]
    tags = [client.get(URL, query)["ETag"] for query in queries_]
    english = client.get(URL, queries_[0], headers={"accept-language": "en"})
    assert len({*tags, english["ETag"]}) == 4
    assert "Half of the reports that came in March 2025" in text(body(english))


@pytest.mark.parametrize("more", [0, 20])
def test_the_number_of_queries_does_not_grow_with_the_reports(client, city, add, django_assert_num_queries, more):
    for number in range(1 + more):
        add({"agency": "lampu", "responded": number}, area="2")
    call_command("fold_timings")
    with django_assert_num_queries(19):
        told(client)


def test_only_reading_is_possible(client, march):
    assert client.post(URL).status_code == 405
    assert client.head(URL, {"bulan": "2025-03"}).status_code == 200


def test_a_report_dated_in_the_future_does_not_break_the_choice_of_months(client, city, add):
    ahead = timezone.localtime() + timedelta(days=70)
    add({"agency": "pu"}, submitted_at=ahead)
    assert client.get(URL, {"bulan": f"{ahead:%Y-%m}"}).status_code == 200
