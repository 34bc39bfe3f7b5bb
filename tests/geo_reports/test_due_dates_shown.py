"""Due dates are where people look: cards, the report's page, the filter, the summary, the data."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geo_reports.models import Holiday, Report, ResponseTarget
from geo_reports.templatetags.look import due_chip
from tests.factories import ReportFactory, UserFactory, build_toy_city

pytestmark = pytest.mark.django_db


def due_in(days: int, **values: object) -> Report:
    day = timezone.localdate() + timedelta(days=days)
    return ReportFactory(due_on=day, due_step="respond", **values)


@pytest.mark.parametrize(
    ("days", "words", "css"),
    [
        (-3, "Lewat tenggat 3 hari", "due--late"),
        (0, "Tenggat hari ini", "due--soon"),
        (1, "Tenggat", "due--soon"),
        (9, "Tenggat", "due "),
    ],
)
def test_the_chip_says_how_long_is_left_in_words(toy_city, days, words, css):
    chip = due_chip(due_in(days))
    assert words in chip
    assert css in chip


def test_without_a_running_clock_there_is_no_chip(toy_city):
    assert due_chip(ReportFactory()) == ""


def test_the_filter_finds_what_is_overdue_and_joins_with_others(toy_city, client):
    late, soon, done = due_in(-1), due_in(1), ReportFactory(status="done")
    found = {report.pk for report in client.get("/laporan/?status=overdue").context["reports"]}
    assert found == {late.pk}
    both = {report.pk for report in client.get("/laporan/?status=overdue,done").context["reports"]}
    assert both == {late.pk, done.pk}
    assert soon.pk not in both


def test_the_map_the_list_and_the_export_agree_on_what_is_overdue(toy_city, client):
    due_in(-1)
    due_in(-2, visibility="withheld")
    due_in(4)
    rows = client.get("/export/reports.geojson?status=overdue").getvalue().decode()
    assert rows.count('"type":"Feature"') == 1
    assert client.get("/laporan/?status=overdue").context["totals"]["all"] == 1


def test_a_reports_page_and_an_agencys_page_tell_it(toy_city, client):
    report = due_in(-2)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Lewat tenggat 2 hari" in page
    assert "Standar waktu layanan: tanggapan pertama paling lambat" in page
    assert client.get("/skpd/roads/").context["numbers"]["overdue"] == 1


def test_while_the_reporter_is_asked_the_page_says_that_the_clock_stands(toy_city, client):
    report = ReportFactory(status="needs_info")
    assert "waktu layanan berhenti" in client.get(report.get_absolute_url()).content.decode()


def test_planners_get_the_due_date(toy_city, client):
    report = due_in(5)
    assert f'"tenggat":"{report.due_on}"' in client.get("/export/reports.geojson").getvalue().decode()


@pytest.mark.django_db(transaction=True)
def test_a_holiday_entered_by_an_administrator_moves_due_dates(transactional_db, client):
    build_toy_city()
    ResponseTarget.objects.create(step="respond", working_days=1)
    report = ReportFactory(submitted_at=timezone.now())
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for number in range(3):
        day = tomorrow + timedelta(days=number)
        values = {"date": day.isoformat(), "name": "Libur daerah", "kind": "national", "source": ""}
        client.post("/admin/geo_reports/holiday/add/", values)
    assert Holiday.objects.count() == 3
    report.refresh_from_db()
    assert report.due_on > tomorrow + timedelta(days=2)
