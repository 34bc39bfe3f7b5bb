from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from geo_reports import casework, timers, transitions
from geo_reports.demo import accounts, canvas, load, pictures
from geo_reports.models import (
    Appeal,
    Assignment,
    BulkAction,
    BulkItem,
    DeskRole,
    Membership,
    ModerationDecision,
    Note,
    Nudge,
    Photo,
    Question,
    ReopenRequest,
    Reply,
    ReplyTemplate,
    Report,
    ResponseTarget,
    StatusChange,
)
from geo_reports.photos import storing
from geo_reports.photos.masking import Kind, Mask
from geo_reports.workers import worker_of
from geo_reports.workflow import Role, Status
from tests import factories

UNTIL = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch):
    """Drawing them in full takes two seconds."""
    monkeypatch.setattr(canvas, "SIZE", (128, 96))
    monkeypatch.setattr(pictures, "THUMBNAIL", (64, 48))


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def photo_of(report: Report) -> Photo:
    photo = Photo(report=report, width=1, height=1)
    photo.image.save("image.jpg", ContentFile(b"real"), save=False)
    photo.thumbnail.save("thumbnail.jpg", ContentFile(b"real"), save=False)
    photo.save()
    return photo


def test_all_demo_rows_go_and_real_ones_stay(toy_city, settings):
    settings.DEMO = True
    real = factories.ReportFactory()
    transitions.answer(real.pk, "Sudah kami periksa.")
    kept = photo_of(real)
    load.seed(300, 1, UNTIL, lambda progress: None)
    added = photo_of(Report.objects.filter(is_demo=True).first())
    masked = storing.mask(Photo.objects.exclude(report=real).first().pk, [Mask(0.2, 0.2, 0.4, 0.4, Kind.BLACK)])
    run("demo_logins")
    real_officer = factories.make_officer()

    said = run("remove_demo")

    assert "Removed 300 demo reports" in said
    assert list(Report.objects.all()) == [real]
    for model in (Assignment, StatusChange, Reply, Photo):
        assert set(model.objects.values_list("report", flat=True)) == {real.pk}
    assert default_storage.exists(kept.image.name)
    for gone in (added.image, masked.image, masked.thumbnail, masked.original_image):
        assert not default_storage.exists(gone.name)
    assert default_storage.listdir("photos/demo/garbage-day")[1] == []
    assert list(User.objects.all()) == [real_officer]
    assert list(Membership.objects.values_list("user", flat=True)) == [real_officer.pk]
    assert not Group.objects.filter(name=accounts.MARK).exists()


def test_nothing_that_hangs_on_demo_reports_stays(toy_city):
    for step in ("verify", "respond", "resolve"):
        ResponseTarget.objects.create(step=step, working_days=3)
    load.seed(1500, 1, UNTIL, lambda progress: None)
    report = Report.objects.filter(status=Status.FORWARDED).first()
    action = BulkAction.objects.create(verb="forward", at=UNTIL)
    BulkItem.objects.create(action=action, report=report, outcome="done")
    hung = (ModerationDecision, Appeal, Question, ReopenRequest, Note, Nudge, BulkItem, BulkAction, ReplyTemplate)
    assert all(model.objects.exists() for model in hung)
    mine = ReplyTemplate.objects.create(title="Punya kota", text="Terima kasih.")
    run("remove_demo")
    assert not any(model.objects.exists() for model in hung[:-1])
    assert list(ReplyTemplate.objects.all()) == [mine]
    assert not Report.objects.exists()


def test_a_real_report_merged_into_a_demo_report_stands_alone_again(toy_city):
    load.seed(60, 1, UNTIL, lambda progress: None)
    head = Report.objects.filter(visibility="published", category="pothole", merged_into=None).first()
    real = factories.ReportFactory()
    casework.merge(head.pk, [real.pk], actor=factories.make_verifier())
    run("remove_demo")
    real.refresh_from_db()
    assert (real.status, real.merged_into) == (Status.FORWARDED, None)


def test_timers_find_nothing_left_to_do_on_a_fresh_demo(toy_city):
    for step, days in (("verify", 3), ("respond", 5), ("resolve", 14), ("inform", 10), ("confirm", 10)):
        ResponseTarget.objects.create(step=step, working_days=days)
    load.seed(2500, 1, UNTIL, lambda progress: None)
    assert Nudge.objects.filter(kind="escalation").count() > 50
    assert timers.run(UNTIL) == timers.Tally()


def test_a_file_that_a_real_report_uses_stays(toy_city):
    load.seed(60, 1, UNTIL, lambda progress: None)
    shared = Photo.objects.first()
    real = factories.ReportFactory()
    Photo.objects.create(report=real, image=shared.image.name, thumbnail=shared.thumbnail.name, width=1, height=1)
    run("remove_demo")
    assert default_storage.exists(shared.image.name)
    assert default_storage.exists(shared.thumbnail.name)


def test_the_original_of_a_real_masked_photo_stays(toy_city):
    load.seed(60, 1, UNTIL, lambda progress: None)
    shared = Photo.objects.first()
    real = Photo.objects.create(
        report=factories.ReportFactory(), image=shared.image.name, thumbnail=shared.thumbnail.name, width=1, height=1
    )
    real = storing.mask(real.pk, [Mask(0.2, 0.2, 0.4, 0.4, Kind.BLACK)])
    run("remove_demo")
    for kept in (real.image, real.thumbnail, real.original_image, real.original_thumbnail):
        assert default_storage.exists(kept.name)


def test_removing_nothing_is_harmless(toy_city):
    factories.ReportFactory()
    assert "Removed 0 demo reports" in run("remove_demo")
    assert Report.objects.count() == 1


def test_demo_accounts_are_refused_on_a_real_server(toy_city, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_logins")
    assert not User.objects.exists()


def test_demo_accounts_sign_in_with_what_is_printed(toy_city, settings):
    settings.DEMO = True
    for _number in range(3):
        factories.ReportFactory(agency_id="clean")
    table = run("demo_logins")
    assert run("demo_logins") == table
    printed = {line.split()[0]: line.split()[1] for line in table.splitlines()[1:]}
    users = {name: authenticate(username=name, password=password) for name, password in printed.items()}
    assert set(users) == {"verifikator", "verifikator2", "petugas", "petugas2", "pimpinan", "admin"}
    assert users["verifikator"].groups.filter(name=Role.VERIFIER).exists()
    assert not users["verifikator"].is_staff
    assert users["petugas"].groups.filter(name=Role.OFFICER).exists()
    assert list(users["petugas"].memberships.values_list("agency", flat=True)) == ["clean"]
    assert users["admin"].is_superuser
    assert not any(user.email for user in users.values())


def test_demo_accounts_open_the_desk_in_every_role(toy_city, settings):
    settings.DEMO = True
    factories.ReportFactory(agency_id="clean")
    run("demo_logins")
    roles = {user.username: worker_of(user).role for user in User.objects.all()}
    assert roles == {
        "verifikator": DeskRole.VERIFIER,
        "verifikator2": DeskRole.VERIFIER,
        "petugas": DeskRole.OFFICER,
        "petugas2": DeskRole.OFFICER,
        "pimpinan": DeskRole.LEADER,
        "admin": DeskRole.ADMINISTRATOR,
    }


def test_the_second_petugas_sees_one_kecamatan_of_the_same_skpd(toy_city, settings):
    settings.DEMO = True
    for kelurahan in ("99.01.1001", "99.02.1001", "99.02.1002"):
        factories.ReportFactory(agency_id="clean", kelurahan_id=kelurahan)
    printed = run("demo_logins")
    all_of_it, part = (worker_of(User.objects.get(username=name)).reports() for name in ("petugas", "petugas2"))
    assert all_of_it.count() == 3
    assert set(part.values_list("kecamatan", flat=True)) == {"99.02"}
    assert "Dinas Kebersihan, Kec. Barat" in printed
    assert run("demo_logins") == printed


def test_the_limit_that_somebody_changed_stays(toy_city, settings):
    settings.DEMO = True
    factories.ReportFactory(agency_id="clean")
    run("demo_logins")
    Membership.objects.get(user__username="petugas2").kecamatan.set(["99.02"])
    assert "Kec. Barat" in run("demo_logins")


def test_the_printed_password_works_again_after_a_change(toy_city, settings):
    settings.DEMO = True
    table = run("demo_logins")
    user = User.objects.get(username="petugas")
    user.set_password("lain")
    user.save()
    assert run("demo_logins") == table
    assert authenticate(
        username="petugas", password={login.username: login.password for login in accounts.prepare()}["petugas"]
    )


def test_a_real_account_is_never_taken_over(toy_city, settings):
    settings.DEMO = True
    real = User.objects.create_user("admin", password="rahasia")
    with pytest.raises(CommandError, match="real account"):
        call_command("demo_logins")
    real.refresh_from_db()
    assert real.check_password("rahasia")
    assert not real.is_superuser
    assert not User.objects.filter(username="petugas").exists()


def test_without_an_agency_the_officer_has_no_workplace(db, settings):
    settings.DEMO = True
    assert "Petugas SKPD: -" in run("demo_logins")


def test_a_demo_report_can_be_worked_on_like_any_other(toy_city):
    load.seed(200, 1, UNTIL, lambda progress: None)
    report = Report.objects.filter(status=Status.FORWARDED).first()
    fresh = transitions.complete(report.pk, has_photo=False, no_photo_reason="Hujan deras.")
    assert fresh.closed_at
