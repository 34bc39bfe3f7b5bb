"""The pages of a kecamatan and of a kelurahan: what they say, of whom, and what they cost."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.template.defaultfilters import striptags
from django.utils import timezone

from geo_reports.filters import ReportFilters
from geo_reports.models import BoundaryVersion, Category, Kecamatan, Kelurahan, Report
from geo_reports.waits import NO_WAITS, AreaWaits, Figure, Waits
from geo_reports.workflow import Status
from maps.areas import counts as area_counts
from maps.areas import month_bars
from maps.areas import page as area_page
from maps.history import Month
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


def words(response) -> str:
    return re.sub(r"\s+", " ", striptags(response.content.decode())).replace("&nbsp;", " ")


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def test_a_kecamatan_tells_its_numbers_and_those_of_its_kelurahan(client, toy_city):
    ReportFactory.create_batch(2)
    ReportFactory(status=Status.DONE)
    ReportFactory(kelurahan_id="99.01.1002", due_on=date(2025, 3, 1))
    ReportFactory(visibility="withheld")
    ReportFactory(kelurahan_id="99.02.1001")
    context = client.get("/kecamatan/99.01/").context

    counts = context["counts"]
    assert (counts.totals.total, counts.totals.open, counts.overdue, counts.closed) == (4, 3, 1, 1)
    rows = [(row.area.name, row.area.total, row.area.open, row.overdue) for row in context["rows"]]
    assert rows == [("Timur Selatan", 3, 2, 0), ("Timur Utara", 1, 1, 1)]


def test_a_kelurahan_tells_its_own_numbers_and_leads_to_its_kecamatan(client, toy_city):
    ReportFactory.create_batch(2)
    ReportFactory(kelurahan_id="99.01.1002")
    response = client.get("/kelurahan/99.01.1001/?kategori=pothole")

    assert response.context["counts"].totals.total == 2
    assert response.context["rows"] == []
    assert 'href="/kecamatan/99.01/?kategori=pothole"' in response.content.decode()
    assert "Kelurahan Timur Selatan" in words(response)


def test_reports_of_a_kecamatan_without_a_kelurahan_are_counted_and_said(client, toy_city):
    ReportFactory()
    ReportFactory(kelurahan_id=None, kecamatan_id="99.01", point=None)
    response = client.get("/kecamatan/99.01/")

    assert response.context["counts"].totals.total == 2
    assert "1 belum diketahui kelurahannya." in words(response)


@pytest.mark.parametrize(
    "path", ["/kecamatan/99.77/", "/kecamatan/%00/", "/kelurahan/99.01.1009/", "/kelurahan/%00/", "/kelurahan/99.01/"]
)
def test_unknown_areas_are_not_found(client, toy_city, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("/kecamatan/99.01/", 31), ("/kelurahan/99.01.1001/", 32)])
@pytest.mark.parametrize("more", [1, 25])
def test_the_page_costs_the_same_for_many_reports(client, toy_city, django_assert_num_queries, path, queries, more):
    ReportFactory.create_batch(more)
    call_command("fold_timings")
    with django_assert_num_queries(queries):
        client.get(path)


def test_category_and_days_narrow_everything_and_stay_in_the_links(client, toy_city):
    ReportFactory(submitted_at=datetime(2025, 3, 1, tzinfo=WIB))
    ReportFactory(submitted_at=datetime(2025, 4, 1, tzinfo=WIB))
    ReportFactory(submitted_at=datetime(2025, 4, 1, tzinfo=WIB), category_id="garbage")
    response = client.get("/kecamatan/99.01/?kategori=pothole&dari=2025-03-15&sampai=2025-04-30&status=closed")
    html = response.content.decode()

    assert response.context["counts"].totals.total == 1
    assert 'href="/kelurahan/99.01.1001/?kategori=pothole&amp;dari=2025-03-15&amp;sampai=2025-04-30"' in html
    assert "sejak 15 Mar 2025" in words(response)


def test_an_impossible_filter_is_named_and_everything_shown(client, toy_city):
    ReportFactory()
    response = client.get("/kecamatan/99.01/?kategori=naga")
    assert response.status_code == 400
    assert "naga" in words(response)
    assert response.context["counts"].totals.total == 1


def test_an_area_without_reports_says_so(client, toy_city):
    assert "Belum ada laporan di sini." in words(client.get("/kecamatan/99.02/"))
    ReportFactory()
    assert "Tidak ada laporan yang cocok" in words(client.get("/kecamatan/99.01/?dari=2026-01-01"))


def test_the_rate_per_inhabitant_needs_a_population_and_enough_reports(client, toy_city):
    ReportFactory.create_batch(4)
    Kecamatan.objects.update(population=2000, population_source="Sensus Contoh")
    assert client.get("/kecamatan/99.01/").context["per_inhabitants"] is None
    ReportFactory()
    response = client.get("/kecamatan/99.01/")
    assert response.context["per_inhabitants"] == 2.5
    assert "Sensus Contoh" in words(response)
    Kecamatan.objects.update(population=None)
    response = client.get("/kecamatan/99.01/")
    assert response.context["per_inhabitants"] is None
    assert "jumlah penduduk wilayah ini belum diketahui" in words(response)


def test_the_trend_is_said_in_words_with_its_days(client, toy_city):
    ReportFactory(kelurahan_id="99.02.1001", submitted_at=days_ago(900))
    for days, number in ((30, 9), (500, 6)):
        ReportFactory.create_batch(number, submitted_at=days_ago(days))
    response = client.get("/kecamatan/99.01/")

    assert response.context["changes"].whole.percent == 50
    assert "50% lebih banyak laporan" in words(response)
    assert "+50%" in words(response)
    assert [row.change.percent for row in response.context["rows"]] == [50, None]


def test_a_young_collection_has_no_year_to_compare_with(client, toy_city):
    ReportFactory.create_batch(9, submitted_at=days_ago(30))
    response = client.get("/kecamatan/99.01/")
    assert response.context["changes"].whole.percent is None
    assert "Belum dapat dibandingkan" in words(response)


def test_the_months_end_with_the_running_one_and_leave_none_out(toy_city):
    today = date(2026, 2, 10)
    ReportFactory(submitted_at=datetime(2026, 2, 1, 0, 30, tzinfo=WIB))
    ReportFactory(submitted_at=datetime(2024, 3, 1, 0, 0, tzinfo=WIB), status=Status.DONE)
    ReportFactory(submitted_at=datetime(2024, 2, 29, 23, 59, tzinfo=WIB))
    months = area_counts.last_months(ReportFilters(dari=date(2026, 1, 1)), today)

    assert len(months) == 24
    assert (months[0].bulan, months[-1].bulan) == ("2024-03", "2026-02")
    assert (months[0].jumlah, months[0].terbuka) == (1, 0)
    assert (months[-1].jumlah, months[-1].terbuka) == (1, 1)
    assert sum(month.jumlah for month in months) == 2


def test_bars_stand_on_zero_and_end_at_a_round_number():
    months = [Month("2026-01", 0, 0), Month("2026-02", 37, 10)]
    bars = month_bars.drawn(months)
    assert (bars.top, bars.half) == (40, 20)
    assert [(bar.y, bar.height, bar.is_running) for bar in bars.bars] == [(100, 0, False), (7.5, 92.5, True)]
    assert bars.bars[1].open_height == 25


def test_the_foremost_categories_come_first_and_the_others_together(toy_city):
    for number in range(12):
        slug = f"c{number:02}"
        Category.objects.create(slug=slug, name=slug, name_en=slug, icon="other")
        ReportFactory.create_batch(12 - number, category_id=slug)
    rows = area_counts.by_category(ReportFilters(), list(Category.objects.all()))

    assert [row.category.pk for row in rows[:-1]] == [f"c{number:02}" for number in range(8)]
    assert (rows[-1].category, rows[-1].total) == (None, 4 + 3 + 2 + 1)
    assert sum(row.total for row in rows) == Report.objects.count()


def test_the_newest_and_those_open_longest_are_shown_whatever_is_hidden(client, toy_city):
    oldest = ReportFactory(submitted_at=days_ago(90))
    ReportFactory(submitted_at=days_ago(99), status=Status.DONE)
    ReportFactory(submitted_at=days_ago(120), visibility="confidential", text="RAHASIA")
    newest = ReportFactory(submitted_at=days_ago(1))
    response = client.get("/kelurahan/99.01.1001/")

    assert response.context["oldest_open"][0] == oldest
    assert response.context["newest"][0] == newest
    assert "RAHASIA" not in response.content.decode()


def test_waiting_times_are_those_that_are_handed_in(client, toy_city):
    figure = Figure(3.25, 2.0, None, 40, is_few=False)
    waits = Waits(figure, Figure(None, 9.0, None, 40, is_few=False), Figure(62.4, 50.0, 70.0, 33, is_few=False), 2)
    asked = []

    def measured(filters, at):
        asked.append(filters)
        return AreaWaits(waits, {"99.01.1002": waits})

    ReportFactory()
    area = Kecamatan.objects.get(pk="99.01")
    found = area_page.context(area, ReportFilters(kategori=("pothole",)), measured, timezone.now())

    assert asked == [ReportFilters(kategori=("pothole",), kecamatan=("99.01",))]
    assert found["waits"] == waits
    assert [row.waits for row in found["rows"]] == [NO_WAITS, waits]


def test_too_few_to_measure_is_said_and_no_number_shown(client, toy_city):
    ReportFactory()
    assert words(client.get("/kecamatan/99.01/")).count("terlalu sedikit") >= 3


def test_the_drawing_links_every_kelurahan_and_shows_where_open_reports_are(client, toy_city):
    ReportFactory()
    ReportFactory(status=Status.DONE)
    kecamatan = client.get("/kecamatan/99.01/").content.decode()
    kelurahan = client.get("/kelurahan/99.01.1001/").content.decode()

    assert kecamatan.count('class="area-map__shape') == 2
    assert kecamatan.count("<circle") == 0
    assert kelurahan.count("<circle") == 1
    assert "Titik: laporan yang masih terbuka." in words(client.get("/kelurahan/99.01.1001/"))


def test_a_sensitive_report_is_drawn_where_it_may_be_shown(toy_city):
    point = ReportFactory(category_id="social", agency_id="clean").public_point
    Report.objects.update(point=None)
    found = area_page.context(
        Kelurahan.objects.get(pk="99.01.1001"), ReportFilters(), lambda *_: AreaWaits(NO_WAITS), timezone.now()
    )
    assert found["map"]["points"] == 1
    assert point is not None


def test_without_boundaries_the_page_still_tells_its_numbers(client, toy_city):
    ReportFactory()
    BoundaryVersion.objects.update(valid_to=timezone.now())
    response = client.get("/kecamatan/99.01/")
    assert response.status_code == 200
    assert '<svg class="area-map' not in response.content.decode()


def test_the_sources_and_the_date_stand_on_the_page(client, toy_city):
    ReportFactory(is_demo=True)
    text = words(client.get("/kecamatan/99.01/"))
    assert "Batas wilayah: toy." in text
    assert "Batas ini indikatif" in text
    assert "DATA CONTOH" in text
    assert f"keadaan {timezone.localtime().day} " in text


def test_the_page_of_a_report_leads_to_both_areas(client, toy_city):
    html = client.get(ReportFactory().get_absolute_url()).content.decode()
    assert 'href="/kelurahan/99.01.1001/"' in html
    assert 'href="/kecamatan/99.01/"' in html
