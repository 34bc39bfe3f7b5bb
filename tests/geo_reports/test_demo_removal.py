from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from geo_reports import transitions
from geo_reports.demo import accounts, canvas, load, pictures
from geo_reports.models import Assignment, Membership, Photo, Reply, Report, StatusChange
from geo_reports.photos import storing
from geo_reports.photos.masking import Kind, Mask
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
    assert set(users) == {"verifikator", "petugas", "admin"}
    assert users["verifikator"].groups.filter(name=Role.VERIFIER).exists()
    assert not users["verifikator"].is_staff
    assert users["petugas"].groups.filter(name=Role.OFFICER).exists()
    assert list(users["petugas"].memberships.values_list("agency", flat=True)) == ["clean"]
    assert users["admin"].is_superuser


def test_the_printed_password_works_again_after_a_change(toy_city, settings):
    settings.DEMO = True
    table = run("demo_logins")
    user = User.objects.get(username="petugas")
    user.set_password("lain")
    user.save()
    assert run("demo_logins") == table
    assert authenticate(username="petugas", password=accounts.prepare()[1].password)


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
