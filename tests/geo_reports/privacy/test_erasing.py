"""Erasing: afterwards nothing in the database or on the disk points to the reporter, and the problem is still there."""

from pathlib import Path

import pytest
from django.db import connection
from psycopg2 import sql

from geo_reports import moderation
from geo_reports.models import DataRequest, ReopenRequest, Report
from geo_reports.photos import storing
from geo_reports.privacy import erasing
from geo_reports.transitions import NotAllowed
from tests.citizens import add_photo
from tests.factories import NOON, ReportFactory
from tests.geo_reports.privacy.reporters import (
    ADDRESS,
    ANSWER,
    EXACT,
    NAME,
    PIECES,
    TEXT,
    full_report,
    reporter,
)

pytestmark = pytest.mark.django_db
# Every column of every table that can hold a text, a list of texts, or JSON; and points.
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema()
    AND (data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'uuid') OR udt_name = 'geometry')
    AND table_name NOT IN ('spatial_ref_sys', 'geometry_columns', 'geography_columns')
"""


def found_in_database(pieces: list[str]) -> list[tuple[str, str, str]]:
    """Where any of these pieces stands, whatever the table and the column."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns = cursor.fetchall()
        assert len(columns) > 100
        hits = []
        for table in sorted({table for table, _column in columns}):
            own = [column for of, column in columns if of == table]
            names = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in own)
            cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table)))
            values = {
                (column, value.lower()) for row in cursor for column, value in zip(own, row, strict=True) if value
            }
            hits += [(table, name, piece) for name, value in values for piece in pieces if piece.lower() in value]
    return hits


def files(settings) -> set[str]:
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


VISIBILITIES = ["published", "pending", "withheld", "confidential"]


@pytest.mark.parametrize("category", ["pothole", "social"])
@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_no_column_of_any_table_holds_anything_of_the_reporter(erased, visibility, category):
    report = full_report(visibility=visibility, category_id=category, is_anonymous=False)
    old_link = str(report.secret)
    assert {piece for *_where, piece in found_in_database([*PIECES, old_link])} == {*PIECES, old_link}, "the test sees"
    erased(report, with_words=True)
    assert found_in_database([*PIECES, old_link]) == []


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_no_file_is_left(erased, settings, visibility):
    report = full_report(visibility=visibility)
    assert len(files(settings)) == 8
    erased(report, with_words=True)
    assert files(settings) == set()
    assert not report.photos.exists()


def test_what_was_public_stays_unless_the_reporter_wants_it_gone(erased, settings, client):
    report = full_report()
    erased(report)
    assert (report.text, report.address) == (TEXT, ADDRESS)
    assert sorted(photo.is_masked for photo in report.photos.all()) == [False, False]
    assert len(files(settings)) == 4, "two photos in two sizes; no original, no hidden photo"
    found = {piece for *_where, piece in found_in_database(list(PIECES))}
    assert found == {TEXT, ADDRESS}
    page = client.get(report.get_absolute_url()).content.decode()
    assert TEXT in page
    assert "Terima kasih …, sudah kami tangani." in page


@pytest.mark.parametrize("visibility", ["pending", "withheld", "confidential"])
def test_what_was_never_public_goes_without_being_asked(erased, settings, visibility):
    report = full_report(visibility=visibility)
    erased(report)
    assert report.text == "[dihapus]"
    assert report.address == ""
    assert files(settings) == set()


def test_the_problem_stays_as_the_public_knew_it(erased):
    kept = ("code", "category_id", "kelurahan_id", "kecamatan_id", "agency_id", "status", "visibility", "submitted_at")
    report = full_report(point=EXACT, public_point=EXACT)
    before = [getattr(report, name) for name in kept]
    steps = report.changes.count()
    erased(report)
    assert [getattr(report, name) for name in kept] == before
    assert report.point == report.public_point == EXACT
    assert (report.changes.count(), report.replies.count(), report.assignments.count()) == (steps, 1, 1)


def test_a_blurred_place_stays_as_it_was_shown_and_the_exact_one_goes(erased):
    report = full_report(category_id="social", point=EXACT, accuracy_m=4.0, place_answer="road:12")
    shown = report.public_point = ReportFactory().point
    report.save()
    report.assignments.update(trace=[{"kind": "road", "name": "Jl. Kenanga", "distance_m": 3.0}], reason="Jl. Kenanga")
    erased(report)
    assert report.point == report.public_point == shown
    assert (report.accuracy_m, report.place_answer) == (None, "")
    assert (report.assignments.get().trace, "Kenanga" in report.assignments.get().reason) == ([], False)


@pytest.mark.parametrize("visibility", ["withheld", "confidential"])
def test_a_place_that_nobody_saw_goes_altogether(erased, visibility):
    report = full_report(visibility=visibility)
    erased(report)
    assert (report.point, report.public_point, report.placement) == (None, None, "chosen")
    assert report.kelurahan_id == "99.01.1001"


def test_old_links_die_and_a_draft_sent_again_opens_nothing(erased, client, toy_city):
    report = full_report()
    old_secret, old_submission = report.secret, report.submission_id
    erased(report, with_words=True)
    assert client.get(f"{report.get_absolute_url()}data/?kunci={old_secret}").status_code == 404
    assert "Ini laporan Anda" not in client.get(f"{report.get_absolute_url()}?kunci={old_secret}").content.decode()
    data = {
        "submission_id": str(old_submission),
        "kategori": "pothole",
        "uraian": TEXT + " lagi",
        "lon": 10.015,
        "lat": 0.005,
    }
    sent = client.post("/lapor/", data)
    assert str(report.secret) not in sent.url


def test_it_is_on_record_without_content(erased):
    report = full_report()
    erased(report)
    line = DataRequest.objects.get()
    assert (line.report, line.what) == (report, "erase")
    assert report.version > 0, "who has the report open at the desk is told"


def test_other_peoples_undecided_request_to_reopen_stays(erased, settings):
    report = full_report()
    theirs = add_photo(report, is_hidden=True, kind="before")
    ReopenRequest.objects.create(report=report, text="masih berlubang, kata tetangga", at=NOON, photo=theirs)
    erased(report, with_words=True)
    assert ReopenRequest.objects.filter(text="masih berlubang, kata tetangga", photo=theirs).exists()
    assert len(files(settings)) == 2


def test_the_photo_of_the_repair_is_the_skpds(erased, settings):
    report = full_report()
    add_photo(report, kind="after")
    erased(report, with_words=True)
    assert [photo.kind for photo in report.photos.all()] == ["after"]


def test_parts_that_were_split_off_lose_the_place_and_the_photos_too(erased, settings):
    report = full_report(visibility="confidential")
    part = ReportFactory(part_of=report, visibility="confidential", address=ADDRESS, text="bagian oleh verifikator")
    add_photo(part)
    erased(report)
    part.refresh_from_db()
    assert (part.point, part.address) == (None, "")
    assert files(settings) == set()


def test_another_reporters_data_is_not_touched(erased, settings):
    report, other = full_report(), full_report()
    before, stored = Report.objects.filter(pk=other.pk).values().get(), len(files(settings))
    erased(report, with_words=True)
    assert Report.objects.filter(pk=other.pk).values().get() == before
    assert (other.photos.count(), len(files(settings))) == (3, stored // 2)
    assert other.questions.get().answer == ANSWER


def test_when_something_fails_nothing_is_gone(toy_city, settings, monkeypatch):
    report = full_report()
    before, stored = Report.objects.values().get(), files(settings)

    def broken(*args, **kwargs):
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(erasing, "scrub", broken)
    with pytest.raises(RuntimeError):
        erasing.erase([report.pk], with_words=True)
    assert Report.objects.values().get() == before
    assert files(settings) == stored
    assert {piece for *_where, piece in found_in_database(list(PIECES))} == set(PIECES)


def test_erasing_twice_is_the_same_as_once(erased):
    report = full_report()
    erased(report)
    once = Report.objects.values("text", "point", "reporter_name", "visibility").get()
    erased(report)
    assert Report.objects.values("text", "point", "reporter_name", "visibility").get() == once


def test_nobody_can_bring_the_words_back_by_undoing(erased, verifier):
    report = full_report()
    erased(report)
    with pytest.raises(NotAllowed):
        moderation.undo(report.decisions.get().pk, actor=verifier)
    report.refresh_from_db()
    assert (report.text, report.original_text, report.decisions.get().before) == (TEXT, "", {})


def test_a_picture_that_others_use_too_stays_on_the_disk(erased, settings):
    """Demo pictures are shared."""
    report = reporter()
    photo = add_photo(report)
    shared = Path(settings.MEDIA_ROOT) / storing.SHARED / "scene" / "image.jpg"
    shared.parent.mkdir(parents=True)
    shared.write_bytes(b"x")
    photo.image.name = f"{storing.SHARED}scene/image.jpg"
    photo.save()
    erased(report, with_words=True)
    assert shared.exists()


def test_an_unknown_report_is_an_error_and_nothing_happens(toy_city):
    report = full_report()
    with pytest.raises(Report.DoesNotExist):
        erasing.erase([report.pk, 10**12], with_words=True)
    report.refresh_from_db()
    assert report.reporter_name == NAME
