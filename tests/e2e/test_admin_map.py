"""The administration's maps draw under our content security policy, on a phone as on a desktop."""

import pytest
from django.contrib.auth.models import User

from geo_reports.models import KelurahanBoundary, Report
from tests.e2e.conftest import DESKTOP, PHONE, sign_in
from tests.factories import ReportFactory


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_boundaries_and_reports_are_drawn_on_a_map(toy_site, open_browser, viewport):
    User.objects.create_superuser("kepala", "kepala@example.org", "rahasia-sekali")
    ReportFactory()
    page = open_browser(viewport)
    url = f"/admin/geo_reports/kelurahanboundary/{KelurahanBoundary.objects.first().pk}/change/"
    sign_in(page, "kepala", "rahasia-sekali", url)
    page.wait_for_selector(".leaflet-overlay-pane path")
    page.goto(f"/admin/geo_reports/report/{Report.objects.get().pk}/change/")
    page.wait_for_selector(".leaflet-marker-icon")
    assert page.locator("[name=_save]").count() == 0
