"""Personal data goes when its time is over: by the rule of the closing day, never from what is unsettled."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from geo_reports import reference
from geo_reports.models import Appeal, PersonalDataLook, ReopenRequest, Report, RetentionRule
from geo_reports.privacy import retention
from geo_reports.workflow import CLOSED, OPEN, Status
from tests.citizens import add_photo
from tests.factories import NOON, ReportFactory
from tests.geo_reports.privacy.reporters import EXACT, MAIL, NAME, ORIGINAL, TEXT, reporter, settled

pytestmark = pytest.mark.django_db
CLOSED_ON = date(2025, 3, 12)  # NOON in the city
What = RetentionRule.What


def rule(what: RetentionRule.What, days: int, since: date | None = None, until: date | None = None) -> RetentionRule:
    return RetentionRule.objects.create(what=what, keep_days=days, valid_from=since, valid_to=until)


@pytest.fixture
def run(toy_city, django_capture_on_commit_callbacks):
    """Apply on the n-th day after closing; what went, by kind."""

    def apply(after_days: int, **options) -> dict[str, retention.Removed]:
        with django_capture_on_commit_callbacks(execute=True):
            removed = retention.apply(CLOSED_ON + timedelta(days=after_days), **options)
        return {each.what: each for each in removed}

    return apply


@pytest.mark.parametrize(("after_days", "name"), [(29, NAME), (30, NAME), (31, "")])
def test_what_is_kept_thirty_days_is_there_on_the_thirtieth_and_gone_on_the_next(run, after_days, name):
    report = settled()
    rule(What.IDENTITY, 30)
    run(after_days)
    report.refresh_from_db()
    assert (report.reporter_name, report.reporter_contact) == (name, MAIL if name else "")
    assert report.is_anonymous is not bool(name)


def test_the_closing_day_is_a_day_of_the_city(run):
    """23.30 UTC on the 11th is the 12th in the city."""
    late = settled(submitted_at=datetime.fromisoformat("2025-03-11T23:30:00+00:00"))
    rule(What.IDENTITY, 30)
    run(30)
    late.refresh_from_db()
    assert late.reporter_name == NAME


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_report_is_never_touched(run, status):
    report = settled(status=status, closed_at=NOON - timedelta(days=900))  # a clock that was not reset
    before = Report.objects.values().get()
    for what in What:
        rule(what, 0)
    assert not any(each.rows for each in run(5000).values())
    assert Report.objects.values().get() == before
    assert report.photos.count() == 3


@pytest.mark.parametrize("status", sorted(CLOSED - {Status.MERGED}))
def test_every_end_state_counts(run, status):
    settled(status=status)
    rule(What.IDENTITY, 0)
    assert run(1)["identity"].rows == 1


def test_under_an_undecided_objection_nothing_goes(run):
    settled()
    Appeal.objects.update(outcome="pending")
    for what in What:
        rule(what, 0)
    assert not any(each.rows for each in run(5000).values())
    Appeal.objects.update(outcome="upheld")
    assert run(5000)["identity"].rows == 1


def test_while_somebody_asks_to_reopen_nothing_goes(run):
    report = settled()
    ReopenRequest.objects.create(report=report, text="masih", at=NOON)
    rule(What.IDENTITY, 0)
    assert run(5000)["identity"].rows == 0


@pytest.mark.parametrize(("main", "rows"), [(Status.IN_PROGRESS, 0), (Status.CONFIRMED, 1)])
def test_a_duplicate_waits_for_its_group(run, main, rows):
    settled(status=Status.MERGED, merged_into=ReportFactory(status=main))
    rule(What.IDENTITY, 0)
    assert run(5000)["identity"].rows == rows


def test_the_rule_of_the_closing_day_counts_not_todays(run):
    old, new = settled(), settled(submitted_at=NOON + timedelta(days=20))
    rule(What.IDENTITY, 1000, until=CLOSED_ON + timedelta(days=10))
    rule(What.IDENTITY, 5, since=CLOSED_ON + timedelta(days=10))
    run(60)
    assert [Report.objects.get(pk=each.pk).reporter_name for each in (old, new)] == [NAME, ""]
    run(1001)
    assert not Report.objects.exclude(reporter_name="").exists()


def test_of_two_rules_the_one_that_began_later_counts(run):
    settled()
    rule(What.IDENTITY, 1000)
    rule(What.IDENTITY, 5, since=CLOSED_ON - timedelta(days=1))
    assert run(6)["identity"].rows == 1


def test_a_day_between_two_rules_keeps_everything(run):
    settled()
    rule(What.IDENTITY, 0, until=CLOSED_ON)
    rule(What.IDENTITY, 0, since=CLOSED_ON + timedelta(days=1))
    assert run(5000)["identity"].rows == 0


def test_originals_go_and_what_is_shown_stays(run, settings):
    report = settled()
    rule(What.ORIGINALS, 10)
    assert run(11)["originals"].gone == retention.Gone(values=2, photos=1)
    report.refresh_from_db()
    assert (report.text, report.original_text, report.decisions.get().before) == (TEXT, "", {})
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.jpg"))) == 6
    assert report.photos.count() == 3
    assert report.reporter_name == NAME


def test_withheld_words_and_photos_go_and_published_ones_stay(run, settings):
    withheld, shown = settled(status=Status.WITHHELD, visibility="withheld"), settled()
    rule(What.WITHHELD, 10)
    run(11)
    withheld.refresh_from_db()
    shown.refresh_from_db()
    assert (withheld.text, withheld.original_text, withheld.address) == ("[dihapus]", "", "")
    assert (withheld.photos.count(), shown.photos.count()) == (0, 2), "of the other one the hidden photo"
    assert (shown.text, shown.original_text) == (TEXT, ORIGINAL)
    assert withheld.reporter_name == NAME


def test_answers_objections_and_notes_go_and_public_steps_stay(run):
    report = settled()
    rule(What.DIALOGUE, 10)
    assert run(11)["dialogue"].gone.values == 4
    assert (report.questions.get().answer, report.notes.get().text) == ("", "[dihapus]")
    assert Appeal.objects.get().text == report.reopen_requests.get().text == "[dihapus]"
    assert report.changes.filter(role="reporter").exclude(note="").exists()
    assert report.replies.get().text


def test_the_exact_place_of_a_blurred_report_goes(run):
    blurred, plain = settled(category_id="social", public_point=ReportFactory().point), settled(public_point=EXACT)
    rule(What.PLACE, 10)
    assert run(11)["place"].rows == 1
    blurred.refresh_from_db()
    plain.refresh_from_db()
    assert blurred.point == blurred.public_point != EXACT
    assert plain.point == EXACT


def test_looks_go_counted_from_the_closing_or_from_the_look_whichever_was_later(run):
    report = settled()
    lines = {
        "during": PersonalDataLook.objects.create(
            report=report, username="a", what="identity", at=NOON - timedelta(days=9)
        ),
        "after": PersonalDataLook.objects.create(
            report=report, username="a", what="identity", at=NOON + timedelta(days=9)
        ),
        "of an open one": PersonalDataLook.objects.create(report=reporter(), username="a", what="identity", at=NOON),
        "of none": PersonalDataLook.objects.create(report=None, username="a", what="identity", at=NOON),
    }
    rule(What.LOOKS, 10)

    def left() -> list[str]:
        kept = set(PersonalDataLook.objects.values_list("pk", flat=True))
        return [name for name, line in lines.items() if line.pk in kept]

    run(10)
    assert left() == ["during", "after", "of an open one", "of none"]
    run(11)
    assert left() == ["after", "of an open one"]
    run(20)
    assert left() == ["of an open one"]


def test_a_second_run_finds_nothing(run):
    settled()
    settled(visibility="withheld", status=Status.WITHHELD)
    settled(visibility="confidential")
    settled(category_id="social")
    for what in What:
        rule(what, 0)
    assert sum(each.rows for each in run(5000).values()) > 10
    assert {what: (each.rows, each.gone) for what, each in run(5000).items()} == {
        what: (0, retention.Gone()) for what in What
    }


def test_a_dry_run_tells_the_same_numbers_and_changes_nothing(run, settings):
    for _number in range(3):
        settled()
        settled(visibility="withheld", status=Status.WITHHELD, category_id="social")
    for what in What:
        rule(what, 0)

    def state() -> tuple[object, ...]:
        files = sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*"))
        texts = sorted(Appeal.objects.values_list("text", flat=True))
        return list(Report.objects.order_by("pk").values()), files, texts

    before = state()
    rehearsed = run(5000, dry_run=True)
    assert state() == before
    assert sum(each.rows for each in rehearsed.values()) > 10
    done = run(5000)
    # What a kind takes away another no longer finds: withheld words go with their originals.
    assert done["identity"] == rehearsed["identity"]
    assert state() != before


def test_it_works_in_chunks_and_goes_on_where_it_was_stopped(run, monkeypatch):
    monkeypatch.setattr(retention, "CHUNK", 2)
    for _number in range(5):
        settled()
    rule(What.IDENTITY, 0)
    told: list[str] = []

    def stop(line: str) -> None:
        told.append(line)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(5, tell=stop)
    assert Report.objects.exclude(reporter_name="").count() == 1
    assert run(5)["identity"].rows == 1


def test_who_has_the_report_open_at_the_desk_is_told(run):
    report = settled()
    rule(What.IDENTITY, 0)
    run(1)
    assert Report.objects.get(pk=report.pk).version == report.version + 1


def test_the_rules_that_come_with_the_project_say_that_they_are_a_proposal(db):
    reference.load(settings.BASE_DIR / "fixtures")
    rules = RetentionRule.objects.all()
    assert {each.what for each in rules} == set(What)
    assert all("usulan proyek" in each.source and "JRA" in each.source for each in rules)


def test_a_photo_that_was_hidden_goes_with_its_files(run, settings):
    report = reporter(status=Status.DONE)
    add_photo(report, is_hidden=True)
    add_photo(report, is_hidden=True, kind="after")
    rule(What.WITHHELD, 0)
    assert run(1)["withheld"].gone == retention.Gone(photos=1)
    assert [photo.kind for photo in report.photos.all()] == ["after"]
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.jpg"))) == 2
