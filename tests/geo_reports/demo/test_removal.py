"""Demo data can be worked on like any other, and goes away without a trace."""

from datetime import UTC, datetime
from io import StringIO

from django.contrib.auth.models import Group, User
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from geo_reports import casework, timers, transitions
from geo_reports.demo import accounts, load
from geo_reports.models import (
    Appeal,
    Assignment,
    BulkAction,
    BulkItem,
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
from geo_reports.workflow import Status
from tests import factories
from tests.citizens import add_photo

UNTIL = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_all_demo_rows_go_and_real_ones_stay(toy_city, settings):
    settings.DEMO = True
    real = factories.ReportFactory()
    transitions.answer(real.pk, "Sudah kami periksa.")
    kept = add_photo(real)
    load.seed(300, 1, UNTIL, lambda progress: None)
    added = add_photo(Report.objects.filter(is_demo=True).first())
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


def test_a_copy_of_a_demo_photo_outlives_it(toy_city):
    """A part that was split off goes in a later chunk than its report, or not at all."""
    load.seed(60, 1, UNTIL, lambda progress: None)
    whole = Report.objects.filter(photos__isnull=False).first()
    part = factories.ReportFactory(part_of=whole)
    mine = storing.copy(whole.photos.first(), part)
    run("remove_demo")
    connection.check_constraints()
    mine.refresh_from_db()
    part.refresh_from_db()
    assert (list(Report.objects.all()), part.part_of, mine.copy_of_id) == ([part], None, None)


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


def test_a_demo_report_can_be_worked_on_like_any_other(toy_city):
    load.seed(200, 1, UNTIL, lambda progress: None)
    report = Report.objects.filter(status=Status.FORWARDED).first()
    fresh = transitions.complete(report.pk, has_photo=False, no_photo_reason="Hujan deras.")
    assert fresh.closed_at
