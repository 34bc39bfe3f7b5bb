"""Whoever writes a report, and however: its spot is right at once, and wrong never."""

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction

from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.models import Pending, Spot
from maps.world import SIZE, latitude, longitude, morton
from tests.factories import ReportFactory


def pending() -> list[tuple[int, str]]:
    return list(Pending.objects.order_by("id").values_list("sign", "status"))


def test_a_new_report_is_a_spot(toy_city):
    report = ReportFactory(point=Point(10.0051, 0.0123, srid=4326))
    spot = Spot.objects.get()
    assert (spot.id, spot.status, spot.category, spot.agency) == (report.pk, "forwarded", "pothole", "roads")
    assert (spot.kecamatan, spot.kelurahan, str(spot.day), spot.due) == ("99.01", "99.01.1001", "2025-03-12", None)
    assert spot.key == morton(spot.x, spot.y)
    unit = 360 / SIZE
    assert longitude(spot.x) <= 10.0051 < longitude(spot.x) + unit
    assert latitude(spot.y) - unit < 0.0123 <= latitude(spot.y) + unit
    assert pending() == [(1, "forwarded")]


def test_the_day_is_the_citys(toy_city):
    late = ReportFactory(submitted_at="2025-03-31T16:59:00Z")  # 23.59 in the city
    later = ReportFactory(submitted_at="2025-03-31T17:00:00Z")
    days = dict(Spot.objects.values_list("id", "day"))
    assert (str(days[late.pk]), str(days[later.pk])) == ("2025-03-31", "2025-04-01")


def test_only_the_public_point_counts(toy_city):
    hidden, shown = Point(10.0001, 0.0001, srid=4326), Point(10.005, 0.005, srid=4326)
    ReportFactory(category_id="social", point=hidden, public_point=shown)
    spot = Spot.objects.get()
    assert longitude(spot.x) == pytest.approx(10.005, abs=1e-6)


def test_a_report_without_a_point_is_counted_nowhere_in_particular(toy_city):
    ReportFactory(point=None, kelurahan_id=None, agency_id=None)
    spot = Spot.objects.get()
    assert (spot.key, spot.x, spot.y, spot.kelurahan, spot.agency) == (None, None, None, "", "")


@pytest.mark.parametrize("visibility", ["withheld", "confidential"])
def test_what_is_not_public_is_not_there(toy_city, visibility):
    report = ReportFactory(visibility=visibility)
    assert not Spot.objects.exists()
    assert not Pending.objects.exists()
    Report.objects.filter(pk=report.pk).update(visibility="published")
    assert Spot.objects.get().id == report.pk
    Report.objects.filter(pk=report.pk).update(visibility=visibility)
    assert not Spot.objects.exists()
    assert [sign for sign, _status in pending()] == [1, -1]


def test_a_change_leaves_and_comes(toy_city):
    report = ReportFactory()
    Report.objects.filter(pk=report.pk).update(status=Status.DONE)
    assert Spot.objects.get().status == "done"
    assert pending() == [(1, "forwarded"), (-1, "forwarded"), (1, "done")]


def test_what_is_not_counted_costs_no_row(toy_city):
    report = ReportFactory()
    before = pending()
    Report.objects.filter(pk=report.pk).update(text="lain", version=9, address="Jalan Lain")
    assert pending() == before


def test_many_in_one_statement(toy_city):
    reports = [ReportFactory() for _ in range(3)]
    Report.objects.filter(pk__in=[report.pk for report in reports[:2]]).update(category_id="garbage")
    assert sorted(Spot.objects.values_list("category", flat=True)) == ["garbage", "garbage", "pothole"]
    Report.objects.all().delete()
    assert not Spot.objects.exists()
    assert sum(sign for sign, _status in pending()) == 0


def test_an_undone_transaction_was_never_counted(toy_city):
    with transaction.atomic():
        ReportFactory()
        assert Spot.objects.exists()
        transaction.set_rollback(True)
    assert not Spot.objects.exists()
    assert not Pending.objects.exists()


def test_the_edge_of_the_world_is_in_it(toy_city):
    for lon, lat in ((-180, 90), (180, -90)):
        ReportFactory(point=Point(lon, lat, srid=4326))
    assert sorted(Spot.objects.values_list("x", "y")) == [(0, 0), (SIZE - 1, SIZE - 1)]


def test_emptying_the_table_empties_the_counts(toy_city):
    ReportFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE geo_reports_report CASCADE")
    assert not Spot.objects.exists()
    assert not Pending.objects.exists()
