"""The queue: which pile a report lies on, in which order, page by page, and what is found in it."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from geo_reports.models import Agency, Appeal, ModerationDecision, Nudge, ReopenRequest, Report
from geo_reports.pages.desk.paging import BY_DUE, NEWEST, read_page
from geo_reports.workflow import Status
from tests.factories import NOON, ReportFactory, make_leader, make_officer, make_verifier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def codes_in(client, pile: str, **more: str) -> list[str]:
    response = client.get("/petugas/", {"tampil": pile} | more)
    assert response.status_code == 200
    return [report.code for report in response.context["page"].rows]


def test_overdue_come_first_and_those_whose_clock_stands_last(toy_city, desk_client, verifier):
    later = ReportFactory(due_on=TODAY + timedelta(days=3))
    paused = ReportFactory(status=Status.NEEDS_INFO, due_on=None)
    late = ReportFactory(due_on=TODAY - timedelta(days=2))
    assert codes_in(desk_client(verifier), "terbuka") == [late.code, later.code, paused.code]


PILES = {
    "menunggu": {"status": Status.WAITING},
    "tanpa-skpd": {"agency_id": None, "status": Status.VERIFIED},
    "tanpa-lokasi": {"kelurahan_id": None},
    "dikembalikan": {"status": Status.VERIFIED, "forwarded_at": NOON},
    "lewat-tenggat": {"due_on": TODAY - timedelta(days=1)},
    "terbuka": {},
    "semua": {"status": Status.DONE},
}


@pytest.mark.parametrize("pile", PILES)
def test_each_pile_of_a_verifikator_holds_its_reports(toy_city, desk_client, verifier, pile):
    report = ReportFactory(**PILES[pile])
    ReportFactory(status=Status.ARCHIVED)
    found = codes_in(desk_client(verifier), pile)
    assert report.code in found
    assert len(found) == (2 if pile == "semua" else 1)


def test_objections_and_requests_to_reopen_lie_on_piles_of_their_own(toy_city, desk_client, verifier):
    objected, asked = ReportFactory(status=Status.WITHHELD), ReportFactory(status=Status.DONE)
    decision = ModerationDecision.objects.create(report=objected, kind="withhold", at=NOON)
    appeal = Appeal.objects.create(decision=decision, text="Itu bukan promosi.", at=NOON)
    ReopenRequest.objects.create(report=asked, text="Lubangnya masih ada.", at=NOON)
    client = desk_client(verifier)
    assert codes_in(client, "keberatan") == [objected.code]
    assert codes_in(client, "buka-kembali") == [asked.code]
    Appeal.objects.filter(pk=appeal.pk).update(outcome="upheld")
    assert codes_in(client, "keberatan") == []


@pytest.mark.parametrize(
    ("pile", "status"),
    [("baru", "forwarded"), ("dikerjakan", "in_progress"), ("menunggu-pelapor", "needs_info"), ("terbuka", "answered")],
)
def test_each_pile_of_a_petugas_holds_reports_of_the_own_skpd(toy_city, desk_client, officer, pile, status):
    mine = ReportFactory(status=status, forwarded_at=NOON)
    ReportFactory(status=status, forwarded_at=NOON, agency_id="clean")
    assert codes_in(desk_client(officer), pile) == [mine.code]


def test_the_own_pile_holds_what_somebody_gave_to_this_person(toy_city, desk_client, officer):
    mine = ReportFactory(handler=officer)
    ReportFactory(handler=make_officer())
    client = desk_client(officer)
    assert codes_in(client, "milik-saya") == [mine.code]
    assert codes_in(client, "terbuka", petugas="saya") == [mine.code]
    assert codes_in(client, "terbuka", petugas="belum") == []


def test_pimpinan_see_what_was_escalated_and_is_still_open(toy_city, desk_client):
    report, closed = ReportFactory(), ReportFactory(status=Status.DONE)
    for each in (report, closed):
        Nudge.objects.create(report=each, step="respond", kind="escalation", due_on=TODAY, at=NOON)
    assert codes_in(desk_client(make_leader()), "eskalasi") == [report.code]


def test_the_desk_opens_on_the_first_pile_on_which_something_lies(toy_city, desk_client, officer):
    report = ReportFactory()
    response = desk_client(officer).get("/petugas/")
    assert response.context["tab"].pile.slug == "baru"
    assert report.code in response.content.decode()


@pytest.mark.parametrize("order", [BY_DUE, NEWEST], ids=["by due date", "newest first"])
def test_pages_follow_each_other_without_gap_or_repetition_and_lead_back(toy_city, order):
    days = [TODAY, TODAY, TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=5), None, None, None]
    for number, day in enumerate(days):
        ReportFactory(due_on=day, submitted_at=NOON + timedelta(hours=number // 3))
    whole = [report.pk for report in order.sort(Report.objects.all())]
    forward, query = [], ""
    while True:
        page = read_page(Report.objects.all(), order, QueryDict(query), size=3)
        forward.append([report.pk for report in page.rows])
        if not page.after:
            break
        query = f"sesudah={page.after}"
    assert [pk for page in forward for pk in page] == whole
    for expected in forward[-2::-1]:
        page = read_page(Report.objects.all(), order, QueryDict(f"sebelum={page.before}"), size=3)
        assert [report.pk for report in page.rows] == expected
    assert page.before == ""


@pytest.mark.parametrize("cursor", ["", "x", "-.", "2026-13-01.3", "99999999999999999.1", "2026-01-01", "-.\u0663"])
def test_a_cursor_that_means_nothing_shows_the_first_page(toy_city, desk_client, verifier, cursor):
    report = ReportFactory()
    assert codes_in(desk_client(verifier), "terbuka", sesudah=cursor) == [report.code]


def test_the_desk_finds_words_addresses_and_numbers_that_the_public_does_not(toy_city, desk_client, verifier):
    hidden = ReportFactory(
        visibility="pending", status=Status.WAITING, text="Trotoar ambles", address="Jalan Merpati 4"
    )
    ReportFactory(text="Lampu padam")
    client = desk_client(verifier)
    for words in ("ambles", "merpati", hidden.code.lower().replace("-", " ")):
        assert codes_in(client, "semua", q=words) == [hidden.code]


def test_a_petugas_does_not_find_reports_of_others(toy_city, desk_client, officer):
    ReportFactory(agency_id="clean", text="Trotoar ambles")
    assert codes_in(desk_client(officer), "semua", q="ambles") == []


def test_the_address_keeps_filter_and_pile_on_every_way_on(toy_city, desk_client, verifier):
    ReportFactory.create_batch(51, category_id="garbage")
    page = desk_client(verifier).get("/petugas/?tampil=terbuka&kategori=garbage&petugas=belum")
    words = page.content.decode()
    assert "?kategori=garbage&amp;petugas=belum&amp;tampil=menunggu" in words
    after = page.context["page"].after
    assert f"?kategori=garbage&amp;petugas=belum&amp;tampil=terbuka&amp;sesudah={after}" in words


@pytest.mark.parametrize("maker", [make_verifier, make_officer, make_leader])
def test_no_pile_takes_twenty_queries(toy_city, desk_client, maker, django_assert_max_num_queries):
    ReportFactory.create_batch(60, due_on=TODAY)
    Agency.objects.filter(slug="roads").update(short_name="Dinas Jalan Kota")
    client = desk_client(maker())
    for tab in client.get("/petugas/").context["tabs"]:
        with django_assert_max_num_queries(19):
            client.get(f"/petugas/?tampil={tab.pile.slug}&kategori=pothole&petugas=belum")


def test_only_the_tabs_are_sent_to_a_script_that_asks_for_them(toy_city, desk_client, verifier):
    words = desk_client(verifier).get("/petugas/", headers={"X-Desk-Part": "tabs"}).content.decode()
    assert "data-tabs" in words
    assert "<html" not in words


def test_the_days_of_the_filter_are_said_as_on_the_public_list(toy_city, client, desk_client, verifier):
    days = {"dari": "2025-03-02", "sampai": "2025-03-12"}
    public = [chip.label for chip in client.get("/laporan/", days).context["active"]]
    assert len(public) == len(days)
    assert [chip.label for chip in desk_client(verifier).get("/petugas/", days).context["active"]] == public
