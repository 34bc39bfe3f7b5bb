"""On a border of responsibility the form asks one question, and the answer decides."""

from django.contrib.gis.geos import LineString

from geo_reports.models import Report, RoutingFeature
from geo_reports.routing import versions
from tests.e2e.conftest import PHONE


def test_two_roads_within_the_accuracy_are_one_question_to_the_reporter(toy_site, open_browser):
    for name, agency, lat in (("Jl. Raya Utara", "clean", 0.0051), ("Jl. Raya Selatan", "east", 0.0049)):
        RoutingFeature.objects.create(
            kind="road",
            name=name,
            agency_id=agency,
            geometry=LineString((10.011, lat), (10.019, lat), srid=4326),
            reason=f"{name} bukan jalan kota",
            source="toy",
            confidence="high",
        )
    versions.publish(author=None)
    page = open_browser(
        PHONE,
        geolocation={"longitude": 10.015, "latitude": 0.00501, "accuracy": 20},
        permissions=["geolocation"],
    )
    page.goto("/lapor/")
    page.fill("#uraian", "Lubang besar di tengah jalan")
    page.click("#locate")
    page.locator("input[name=kategori][value=pothole]").check(force=True)
    question = page.locator("#place-question")
    question.wait_for(state="visible")
    assert question.locator("label").all_inner_texts() == ["Jl. Raya Utara", "Jl. Raya Selatan"]
    assert "verifikator akan menentukannya" in page.locator("#goes-to").inner_text()
    question.get_by_label("Jl. Raya Selatan").check()
    page.wait_for_selector("#goes-to >> text=Kantor Timur")
    page.locator("#send").click()
    page.wait_for_url("**/laporan/KC-*/?*")
    report = Report.objects.get()
    assert (report.agency_id, report.undecided, report.assignments.get().reason) == (
        "east",
        None,
        "Jl. Raya Selatan bukan jalan kota",
    )
