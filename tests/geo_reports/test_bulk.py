"""One act on many reports: the summary before, each report for itself, and the way back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geo_reports import bulk, casework, moderation, transitions
from geo_reports.bulk import running
from geo_reports.models import Agency, BulkAction, BulkItem, Report
from geo_reports.transitions import NotAllowed
from geo_reports.workers import worker_of
from geo_reports.workflow import Status
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier

pytestmark = pytest.mark.django_db
WAITING = {"status": Status.WAITING, "visibility": "pending"}


def codes(*reports: Report) -> str:
    return ",".join(report.code for report in reports)


def outcomes(action: BulkAction) -> list[str]:
    return list(action.items.order_by("pk").values_list("outcome", flat=True))


def states() -> list[tuple[str, str, str | None, int | None]]:
    return list(Report.objects.order_by("pk").values_list("status", "visibility", "agency_id", "handler_id"))


def test_the_summary_says_what_would_happen_and_writes_nothing(toy_city, desk_client, verifier):
    fine, published = ReportFactory(**WAITING), ReportFactory()
    before = states()
    data = {"tindakan": "publish", "kode": [fine.code, published.code]}
    response = desk_client(verifier).post("/petugas/massal/", data)
    page = response.content.decode()
    assert (response.context["possible"], response.context["impossible"]) == (1, 1)
    assert "sudah ditayangkan" in page
    assert states() == before
    assert not BulkAction.objects.exists()


ACTS = {
    "publish": (make_verifier, WAITING, {}, ("forwarded", "published")),
    "withhold": (make_verifier, WAITING, {"reason": "promotion"}, ("withheld", "withheld")),
    "start": (make_officer, {}, {}, ("in_progress", "published")),
}


@pytest.mark.parametrize("verb", ACTS)
def test_what_was_done_to_many_is_taken_back_in_one_go(toy_city, desk_client, verb):
    maker, state, data, after = ACTS[verb]
    reports = ReportFactory.create_batch(3, **state)
    before = states()
    client = desk_client(maker())
    response = client.post("/petugas/massal/jalankan/", {"tindakan": verb, "kode": codes(*reports)} | data)
    action = BulkAction.objects.get()
    assert response.url == f"/petugas/massal/{action.pk}/"
    assert {row[:2] for row in states()} == {after}
    client.post(f"/petugas/massal/{action.pk}/batalkan/")
    assert outcomes(action) == ["undone"] * 3
    assert states() == before


def test_handlers_and_skpd_are_given_back_to_whoever_had_them(toy_city, desk_client):
    officer, colleague = make_officer(), make_officer()
    first, second = ReportFactory(handler=colleague), ReportFactory()
    client = desk_client(officer)
    for verb, data in (
        ("handler", {"handler": officer.pk}),
        ("hand-over", {"agency": "clean", "reason": "Bukan jalan."}),
    ):
        before = states()
        client.post("/petugas/massal/jalankan/", {"tindakan": verb, "kode": codes(first, second)} | data)
        assert states() != before
        client.post(f"/petugas/massal/{BulkAction.objects.first().pk}/batalkan/")
        assert outcomes(BulkAction.objects.first()) == ["undone", "undone"]
        assert [row[2] for row in states()] == ["roads", "roads"]
        if verb == "handler":
            assert states() == before


def test_what_went_on_since_is_kept_and_said(toy_city, desk_client, verifier, officer):
    moved, still = ReportFactory(**WAITING), ReportFactory(**WAITING)
    client = desk_client(verifier)
    client.post("/petugas/massal/jalankan/", {"tindakan": "publish", "kode": codes(moved, still)})
    transitions.change_status(moved.pk, Status.IN_PROGRESS, role="officer", actor=officer)
    action = BulkAction.objects.get()
    page = client.post(f"/petugas/massal/{action.pk}/batalkan/", follow=True).content.decode()
    assert outcomes(action) == ["kept", "undone"]
    assert action.items.first().sentence in page
    assert Report.objects.get(pk=moved.pk).status == Status.IN_PROGRESS


def test_one_refusal_does_not_stop_the_others(toy_city, desk_client, officer):
    reports = ReportFactory.create_batch(3)
    worker = worker_of(officer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "work", lambda action_id: None)
        action = bulk.start(worker, bulk.VERBS["start"], {}, [report.pk for report in reports])
    casework.hand_over(reports[1].pk, Agency.objects.get(pk="clean"), role="officer", reason="Sampah.", actor=officer)
    running.work(action.pk)
    assert outcomes(action) == ["done", "refused", "done"]
    assert action.items.get(report=reports[1]).sentence


def test_what_was_killed_goes_on_where_it_stopped(toy_city, desk_client, officer):
    reports = ReportFactory.create_batch(4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "work", lambda action_id: None)
        action = bulk.start(worker_of(officer), bulk.VERBS["start"], {}, [report.pk for report in reports])
    running._step(action.pk)
    client = desk_client(officer)
    assert "1 dari 4" in client.get(f"/petugas/massal/{action.pk}/").content.decode()
    assert not bulk.resume(BulkAction.objects.get())
    BulkAction.objects.update(beat_at=timezone.now() - timedelta(minutes=1))
    assert "Lanjutkan" in client.get(f"/petugas/massal/{action.pk}/").content.decode()
    client.post(f"/petugas/massal/{action.pk}/lanjutkan/")
    assert outcomes(action) == ["done"] * 4
    assert [report.changes.count() for report in reports] == [2, 2, 2, 2]


def test_many_are_done_in_the_background(toy_city, officer, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    reports = ReportFactory.create_batch(bulk.INLINE + 1)
    action = bulk.start(worker_of(officer), bulk.VERBS["start"], {}, [report.pk for report in reports])
    assert set(outcomes(action)) == {"pending"}
    bulk.work(action.pk)
    assert set(outcomes(action)) == {"done"}


def test_the_whole_list_can_be_chosen(toy_city, desk_client, verifier):
    ReportFactory.create_batch(55, **WAITING)
    ReportFactory(category_id="garbage", **WAITING)
    data = {"tindakan": "publish", "semua": "1", "daftar": "kategori=pothole&tampil=menunggu"}
    response = desk_client(verifier).post("/petugas/massal/", data)
    assert response.context["possible"] == 55


@pytest.mark.parametrize("daftar", ["", "tampil=naga", "kategori=naga&tampil=terbuka", "tampil=%00"])
def test_a_list_that_is_none_chooses_nothing(toy_city, desk_client, verifier, daftar):
    ReportFactory(**WAITING)
    data = {"tindakan": "publish", "semua": "1", "daftar": daftar}
    assert desk_client(verifier).post("/petugas/massal/", data).status_code == 302


def test_nobody_does_to_many_what_the_role_does_not_allow(toy_city, desk_client):
    waiting, theirs = ReportFactory(**WAITING), ReportFactory(agency_id="clean")
    for user, verb, report in (
        (make_officer(), "publish", waiting),
        (make_officer(), "start", theirs),
        (make_verifier(), "start", theirs),
    ):
        desk_client(user).post("/petugas/massal/jalankan/", {"tindakan": verb, "kode": report.code})
    assert not BulkItem.objects.exists()
    leader = desk_client(make_leader())
    assert leader.post("/petugas/massal/jalankan/", {"tindakan": "publish", "kode": waiting.code}).status_code == 403


def test_a_verifikator_of_the_skpd_itself_is_told_that_somebody_else_decides(toy_city, desk_client, verifier):
    verifier.memberships.create(agency_id="roads")
    report = ReportFactory(**WAITING)
    response = desk_client(verifier).post("/petugas/massal/", {"tindakan": "publish", "kode": report.code})
    assert response.context["possible"] == 0
    assert "orang lain" in response.content.decode()


def test_a_reason_is_asked_before_anything_is_withheld(toy_city, desk_client, verifier):
    report = ReportFactory(**WAITING)
    response = desk_client(verifier).post("/petugas/massal/jalankan/", {"tindakan": "withhold", "kode": report.code})
    assert response.status_code == 422
    assert not BulkAction.objects.exists()


def test_only_who_did_it_or_a_verifikator_takes_it_back_and_once(toy_city, officer):
    report = ReportFactory()
    action = bulk.start(worker_of(officer), bulk.VERBS["start"], {}, [report.pk])
    with pytest.raises(NotAllowed):
        bulk.start_undo(action.pk, worker_of(make_officer()))
    bulk.start_undo(action.pk, worker_of(make_verifier()))
    with pytest.raises(NotAllowed):
        bulk.start_undo(action.pk, worker_of(officer))


def test_more_than_the_limit_is_refused(toy_city, officer):
    with pytest.raises(NotAllowed):
        bulk.start(worker_of(officer), bulk.VERBS["start"], {}, range(bulk.MOST + 1))


def test_a_report_whose_reporter_objects_is_not_promised_to_be_published(toy_city, desk_client, verifier):
    report = ReportFactory(**WAITING)
    moderation.withhold(report.pk, Report.WithheldReason.PROMOTION, actor=make_verifier())
    moderation.appeal(report.pk, "Ini keluhan sungguhan tentang jalan di depan rumah saya.")
    response = desk_client(verifier).post("/petugas/massal/", {"tindakan": "publish", "kode": [report.code]})
    assert (response.context["possible"], response.context["impossible"]) == (0, 1)
    assert "keberatan" in response.content.decode()
