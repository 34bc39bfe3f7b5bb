"""`Report.objects.public()`: the one gate for everything the public can read."""

import pytest

from geo_reports.models import Report
from tests.factories import ReportFactory


@pytest.mark.parametrize(
    ("visibility", "text"),
    [("published", "Lubang besar"), ("pending", ""), ("withheld", None), ("confidential", None)],
)
def test_what_the_public_may_read_depends_on_visibility(toy_city, visibility, text):
    ReportFactory(visibility=visibility, text="Lubang besar", address="depan warung", reporter_name="Siti")
    shown = Report.objects.public().first()
    assert (shown and shown.public_text) == text
    if shown and not text:
        assert (shown.public_address, shown.public_name) == ("", "")


@pytest.mark.parametrize(("is_anonymous", "name"), [(True, ""), (False, "Siti")])
def test_a_name_is_public_only_by_choice(toy_city, is_anonymous, name):
    ReportFactory(reporter_name="Siti", is_anonymous=is_anonymous)
    assert Report.objects.public().get().public_name == name


def test_the_address_of_a_report_about_people_is_not_public(toy_city):
    ReportFactory(category_id="social", address="rumah nomor 5")
    assert Report.objects.public().get().public_address == ""


def test_cards_cost_two_queries_whatever_their_number(toy_city, django_assert_num_queries):
    ReportFactory.create_batch(20)
    with django_assert_num_queries(2):
        for report in Report.objects.public().for_cards():
            assert [report.kelurahan.label, report.category.name, list(report.photos.all())][2] == []
