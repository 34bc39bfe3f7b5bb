"""The desk: who may do what, and what the buttons do."""

import pytest
from django.urls import reverse

from geo_reports.models import DeskRole, Report
from geo_reports.workers import worker_of
from geo_reports.workflow import Status
from tests.factories import ReportFactory, UserFactory, make_administrator, make_leader, make_officer, make_verifier

pytestmark = pytest.mark.django_db

MAKERS = {
    "anonymous": lambda: None,
    "citizen": UserFactory,
    "officer": make_officer,
    "other officer": lambda: make_officer("clean"),
    "verifier": make_verifier,
}
LOGIN, FORBIDDEN, MISSING, REFUSED, DONE, SHOWN = 302, 403, 404, 422, 303, 200
GAVE_AWAY = 304  # done, and the report is now in hands where this person cannot follow
# page or action: what anonymous, citizen, officer, another agency's officer and verifikator get
MATRIX = {
    "queue": ("get", {}, (LOGIN, FORBIDDEN, SHOWN, SHOWN, SHOWN)),
    "detail": ("get", {}, (LOGIN, FORBIDDEN, SHOWN, MISSING, SHOWN)),
    "publish": ("post", {}, (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, DONE)),
    "withhold": ("post", {"reason": "promotion"}, (LOGIN, FORBIDDEN, FORBIDDEN, FORBIDDEN, DONE)),
    "hand-over": ("post", {"agency": "east", "reason": "bukan jalan"}, (LOGIN, FORBIDDEN, GAVE_AWAY, MISSING, DONE)),
    "answer": ("post", {"text": "Kami perbaiki besok."}, (LOGIN, FORBIDDEN, DONE, MISSING, FORBIDDEN)),
    "status": ("post", {"status": "in_progress"}, (LOGIN, FORBIDDEN, DONE, MISSING, REFUSED)),
}


@pytest.mark.parametrize("page", MATRIX)
@pytest.mark.parametrize(("position", "who"), list(enumerate(MAKERS)))
def test_the_permission_matrix(toy_city, client, page, position, who):
    report = ReportFactory(visibility="pending")
    method, data, expected = MATRIX[page]
    user = MAKERS[who]()
    if user:
        client.force_login(user)
    url = reverse(f"desk:{page}", args=[] if page == "queue" else [report.code])
    response = getattr(client, method)(url, data)
    if expected[position] is LOGIN:
        assert response.url.startswith(reverse("desk:login"))
    elif expected[position] is DONE:
        assert response.url == reverse("desk:detail", args=[report.code])
    elif expected[position] is GAVE_AWAY:
        assert response.url == reverse("desk:queue")
    else:
        assert response.status_code == expected[position]


def test_actions_are_not_taken_by_links(toy_city, client):
    report = ReportFactory()
    client.force_login(make_verifier())
    for action in ("publish", "withhold", "hand-over", "status"):
        response = client.get(reverse(f"desk:{action}", args=[report.code]))
        assert response.url == reverse("desk:detail", args=[report.code])
    assert report.changes.count() == 1


def test_an_inactive_account_has_no_role(toy_city):
    user = make_officer()
    user.is_active = False
    assert worker_of(user) is None


def test_publishing_shows_the_report_and_forwards_it(toy_city, client):
    report = ReportFactory(status=Status.WAITING, visibility="pending")
    client.force_login(make_verifier())
    client.post(reverse("desk:publish", args=[report.code]))
    report.refresh_from_db()
    assert (report.visibility, report.status) == ("published", Status.FORWARDED)
    assert report.forwarded_at is not None


def test_publishing_without_an_agency_waits_for_a_person_to_name_one(toy_city, client):
    report = ReportFactory(status=Status.WAITING, visibility="pending", agency_id=None)
    client.force_login(make_verifier())
    page = client.post(reverse("desk:publish", args=[report.code]), follow=True)
    report.refresh_from_db()
    assert report.status == Status.VERIFIED
    assert "Tentukan SKPD" in page.content.decode()


def test_withholding_takes_the_report_away_and_keeps_the_reason(toy_city, client):
    report = ReportFactory()
    client.force_login(make_verifier())
    client.post(reverse("desk:withhold", args=[report.code]), {"reason": "promotion"})
    report.refresh_from_db()
    assert (report.visibility, report.withheld_reason) == ("withheld", "promotion")
    assert not Report.objects.public().exists()
    assert report.changes.last().note == "Promosi atau iklan"


def test_a_withheld_report_can_be_shown_after_all(toy_city, client):
    report = ReportFactory(status=Status.WITHHELD, visibility="withheld", withheld_reason="promotion")
    client.force_login(make_verifier())
    client.post(reverse("desk:publish", args=[report.code]))
    report.refresh_from_db()
    assert (report.visibility, report.withheld_reason, report.status) == ("published", "", Status.FORWARDED)


@pytest.mark.parametrize(
    ("action", "data", "sentence"),
    [
        ("answer", {"text": "ya"}, "10"),
        ("status", {"status": "confirmed"}, "confirmed"),
        ("status", {}, "tidak boleh kosong"),
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(toy_city, client, action, data, sentence):
    report = ReportFactory()
    client.force_login(make_officer())
    response = client.post(reverse(f"desk:{action}", args=[report.code]), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert all(value in response.content.decode() for value in data.values())


def test_a_status_that_changed_meanwhile_is_explained(toy_city, client, monkeypatch):
    report = ReportFactory()
    client.force_login(make_verifier())
    Report.objects.filter(pk=report.pk).update(status=Status.WITHHELD)
    response = client.post(reverse("desk:withhold", args=[report.code]), {"reason": "promotion"})
    assert response.status_code == 422
    assert "tidak dapat dilakukan" in response.content.decode()


def test_officers_see_only_what_was_forwarded_to_their_agency(toy_city, client):
    mine, waiting = ReportFactory(), ReportFactory(status=Status.WAITING)
    client.force_login(make_officer())
    page = client.get(reverse("desk:queue"), {"tampil": "semua"}).content.decode()
    assert mine.code in page
    assert waiting.code not in page


def test_nobody_at_the_desk_reads_the_name_of_an_anonymous_reporter(toy_city, client):
    report = ReportFactory(reporter_name="Siti Rahasia", reporter_contact="siti@example.org", is_anonymous=True)
    for user in (make_officer(), make_verifier()):
        client.force_login(user)
        page = client.get(reverse("desk:detail", args=[report.code])).content.decode()
        assert "Siti" not in page
        assert "siti@example.org" not in page


def test_the_queue_costs_the_same_for_many_rows(toy_city, client, django_assert_max_num_queries):
    reports = ReportFactory.create_batch(60)
    client.force_login(make_verifier())
    with django_assert_max_num_queries(19):
        client.get(reverse("desk:queue"), {"tampil": "terbuka", "sesudah": f"-.{reports[4].pk}"})


def test_a_wrong_filter_is_named(toy_city, client):
    client.force_login(make_verifier())
    page = client.get(reverse("desk:queue"), {"kategori": "naga"}).content.decode()
    assert "naga" in page
    assert "tidak dikenal" in page


def test_staff_have_roles_by_group_or_agency(toy_city):
    assert worker_of(make_verifier()).role is DeskRole.VERIFIER
    assert worker_of(make_officer()).role is DeskRole.OFFICER
    assert worker_of(make_leader()).role is DeskRole.LEADER
    assert worker_of(make_administrator()).role is DeskRole.ADMINISTRATOR
    assert worker_of(UserFactory()) is None


def test_the_place_of_a_report_stands_in_the_form_of_correction_as_numbers_that_browsers_read(
    toy_city, desk_client, verifier
):
    report = ReportFactory(category_id="garbage", agency_id="east")
    client = desk_client(verifier)
    page = client.get(f"/petugas/{report.code}/").content.decode()
    assert 'name="lon" type="number" step="any" value="10.015"' in page
    assert 'name="lat" type="number" step="any" value="0.005"' in page
    place = {"category": "pothole", "street": "", "lon": "10.005", "lat": "0.015"}
    client.post(f"/petugas/{report.code}/perbaiki/", place)
    report.refresh_from_db()
    assert (report.kelurahan_id, report.agency_id) == ("99.02.1002", "roads")
