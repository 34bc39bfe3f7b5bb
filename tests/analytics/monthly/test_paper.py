"""What stands on the paper, from made-up counts: no database."""

import io
from dataclasses import replace

import pandas as pd
import pytest
from pypdf import PdfReader

from analytics import measures
from analytics.monthly.measuring import measured
from tests.analytics.monthly import made_up
from tests.analytics.monthly.made_up import CITY, MADE_AT, MONTH, ROADS, counts
from tests.analytics.monthly.reading import on_paper, pages, text, written


@pytest.fixture(scope="module")
def city() -> bytes:
    return written(counts())


def test_the_first_sentence_says_how_long_half_of_the_reports_waited(city):
    clock = measured(counts(), CITY, MONTH, MADE_AT).month.response
    median = clock.median_days
    shown = [f"{days:.1f}".replace(".", ",") for days in (median.value, median.low, median.high)]
    sentence = f"Separuh laporan yang masuk Oktober 2026 ditanggapi dalam {shown[0]} hari (95%: {shown[1]}–{shown[2]};"
    assert f"{sentence} n = 60)." in pages(city)[0]


def test_title_filter_address_and_date_stand_above(city):
    first = pages(city)[0]
    for words in (
        "Laporan bulanan",
        "Oktober 2026",
        "Kota Contoh",
        "Semua laporan publik yang masuk 1 Okt 2026 sampai 31 Okt 2026.",
        CITY.address,
        "Dibuat 30 Nov 2026, 14.30 WIB",
    ):
        assert words in first


def test_every_page_says_its_number_of_how_many(city):
    found = pages(city)
    assert 2 <= len(found) <= 4
    assert all(f"hal. {place} dari {len(found)}" in page for place, page in enumerate(found, start=1))


def test_every_number_stands_beside_the_same_month_of_the_year_before(city):
    first = pages(city)[0]
    assert "Okt 2026 Okt 2025 Selisih setahun 12 bulan" in first
    assert "Laporan masuk 60 60 0" in first
    assert "Tunggakan akhir bulan 72 0 +72" in first
    assert (
        "Selesai tepat waktu 80% 95%: 68–88; n = 60 80% 95%: 68–88; n = 60 0 poin persen 95%: −14 sampai +14" in first
    )


def test_a_month_of_which_most_is_not_due_yet_has_no_share_in_time_and_no_difference():
    months = list(made_up.counts().flow["month"])
    young = pd.concat([made_up.in_time(months[:-1], 60, 34), made_up.in_time(months[-1:], 30, 28, undecided=30)])
    first = pages(written(replace(counts(), in_time=young)))[0]

    assert "Selesai tepat waktu belum dapat dinilai 30 dari 60 belum jatuh tempo 57%" in first
    assert "poin persen" not in first


def test_a_group_of_which_most_is_not_due_yet_says_so():
    found = made_up.grouped(made_up.AGENCIES, 60)
    young = replace(found, in_time=made_up.in_time(list(made_up.AGENCIES), 30, 28, undecided=30))

    assert text(written(replace(counts(), agencies=young))).count("belum dapat dinilai") == 3 + 1


def test_a_tenth_that_is_not_due_yet_is_no_hindrance():
    months = list(made_up.counts().flow["month"])
    first = pages(written(replace(counts(), in_time=made_up.in_time(months, 54, 27, undecided=6))))[0]

    assert "Selesai tepat waktu 50%" in first


def test_columns_say_what_they_count_and_the_address_what_it_leads_to(city):
    told = text(city)
    assert "Laporan ini, dengan angka terbaru: https://example.org/analitik/laporan.pdf?bulan=2026-10" in told
    assert "Diikuti Tanggapan, hari" in told
    assert "Dinilai Tepat waktu" in told
    assert "Laporan ditutup" in told
    assert "Laporan keluar" not in told


def test_the_number_still_followed_stands_below_the_curves(city):
    assert "baris bawah: masih diikuti 60" in text(city)


def test_tables_name_their_groups_with_n_and_interval_and_rank_nobody(city):
    told = text(city)
    assert "bukan peringkat" in told
    for name in (*made_up.CATEGORIES.values(), *made_up.KECAMATAN.values(), *made_up.AGENCIES.values()):
        assert name in told
    assert told.index("Lampu jalan") < told.index("Jalan berlubang"), "most reports first"


def test_the_report_of_an_agency_has_no_table_of_agencies():
    told = text(written(counts(is_city=False), ROADS))
    assert "Dinas Jalan, Kota Contoh" in told
    assert "kini ada pada DJ" in told
    assert "bukan peringkat" not in told


def test_few_events_are_said_to_be_few_and_give_no_duration():
    told = text(written(counts(9, finished=1.0), CITY))
    assert "9 dari 9 laporan yang masuk Oktober 2026 mendapat tanggapan: terlalu sedikit" in told
    assert "terlalu sedikit 9 dari 9" in told
    assert "Terlalu sedikit untuk digambar." in told
    assert "0 hari (95%" not in told


def test_reports_that_all_still_wait_are_no_missing_reports():
    told = text(written(counts(40, finished=0.0), ROADS))
    assert "0 dari 40 laporan" in told
    assert "terlalu sedikit 0 dari 40" in told


def test_a_median_that_is_not_reached_is_said_in_words():
    few_answers = made_up.clocks(list(made_up.counts().flow["month"]), 60, finished=0.2)
    few_answers["time"] = few_answers["time"].where(few_answers["events"] == 1, 5000.0)
    told = text(written(replace(counts(), clocks=few_answers)))
    assert "Belum separuh dari 60 laporan yang masuk Oktober 2026 mendapat tanggapan pertama." in told
    assert "belum tercapai" in told


def test_an_empty_month_reads_well():
    told = text(written(counts(0), ROADS))
    for sentence in (
        "Tidak ada laporan yang masuk Oktober 2026.",
        "Tidak ada laporan yang masih menunggu tanggapan lebih dari 14 hari.",
        "Tidak ada laporan dalam bulan-bulan ini.",
        "Tidak ada laporan yang menunggu penyelesaian.",
        "Terlalu sedikit untuk digambar.",
    ):
        assert sentence in told
    assert "nan" not in told.split()


def test_reports_that_nobody_has_forwarded_are_not_called_few():
    nothing = made_up.clocks([], 0)
    told = text(written(replace(counts(), clocks=nothing)))
    assert "Tidak satu pun laporan yang masuk Oktober 2026 sudah diteruskan kepada SKPD." in told


def test_long_waiting_reports_of_all_months_are_counted_in_the_first_sentence():
    waiting = pd.DataFrame(
        {"clock": "response", "key": None, "time": [14 * 24.0, 14 * 24 - 1], "events": 0, "censored": 7, "waiting": 7}
    )
    assert measures.waiting_longer(waiting, "response", 14) == 7
    told = text(written(replace(counts(), waiting=waiting)))
    assert "7 laporan, juga dari bulan lain, masih menunggu tanggapan lebih dari 14 hari." in told


def test_a_month_that_still_runs_says_so():
    report = replace(measured(counts(), CITY, MONTH, MADE_AT), made_at=MADE_AT.replace(month=10))
    assert report.made_at.month == MONTH.month
    told = text(on_paper(report))
    assert "Bulan ini belum berakhir" in told
    assert "Laporan masuk 60 60 bulan belum berakhir" in told
    assert "Bulan ini belum berakhir" not in text(written(counts()))


def test_the_same_data_make_the_same_bytes(city):
    assert written(counts()) == city
    assert written(counts(61)) != city


def test_the_file_names_its_title_author_language_and_date(city):
    reader = PdfReader(io.BytesIO(city))
    assert reader.metadata.title == "Laporan bulanan Kota Contoh, Oktober 2026"
    assert reader.metadata.author == "Kota Contoh"
    assert reader.metadata.creation_date == MADE_AT
    assert reader.trailer["/Root"]["/Lang"] == "id"


def test_charts_are_drawn_as_vectors(city):
    assert not [image for page in PdfReader(io.BytesIO(city)).pages for image in page.images]


@pytest.mark.parametrize("n", [1, 800])
def test_reports_of_any_size_fit_on_four_pages(n):
    assert len(pages(written(counts(n)))) <= 4
