"""The real fixtures load; broken ones are named by file and line; edits made here survive."""

import shutil
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.utils import translation

from geo_reports import reference
from geo_reports.models import (
    Agency,
    Category,
    City,
    Holiday,
    Kecamatan,
    Kelurahan,
    LoadedRow,
    ResponseTarget,
    RoutingRule,
)
from geo_reports.routing import decide, place_in
from geo_reports.worktime import is_working_day
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A private copy of the real fixtures, to be broken."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    with translation.override(None), pytest.raises(reference.BrokenReference) as caught:
        reference.load(folder)
    assert not LoadedRow.objects.exists()
    assert not Agency.objects.exists()
    return caught.value.problems


def totals(outcomes: list[reference.FileOutcome]) -> Counter[str]:
    names = ("created", "updated", "unchanged")
    return Counter({name: sum(getattr(outcome, name) for outcome in outcomes) for name in names})


def test_the_whole_city_is_loaded_and_loading_again_changes_nothing():
    first = totals(reference.load(FIXTURES))
    assert Kecamatan.objects.count() == 7
    assert Kelurahan.objects.count() == 54
    assert first["created"] > 400
    assert totals(reference.load(FIXTURES)) == Counter(unchanged=first["created"], created=0, updated=0)


def test_every_kelurahan_carries_both_codes_of_its_kecamatan(reference_data):
    for area in Kelurahan.objects.select_related("kecamatan"):
        assert area.code.startswith(f"{area.kecamatan.code}.")
        assert area.bps_code.startswith(area.kecamatan.bps_code)


def test_every_category_finds_an_agency_in_every_kelurahan_today(reference_data):
    places = [place_in(code) for code in ("36.74.01.1001", "36.74.03.1008", "36.74.07.1006")]
    for category in Category.objects.all():
        for place in places:
            assert decide(category, place, date.today()).agency is not None, (category, place)  # noqa: DTZ011


def test_street_lights_changed_hands_on_a_known_day(reference_data):
    lights = Category.objects.get(pk="street-light")
    place = place_in("36.74.06.1001")
    assert decide(lights, place, date(2022, 3, 31)).agency.pk == "disperkimta"
    assert decide(lights, place, date(2022, 4, 1)).agency.pk == "dishub"


def test_other_matters_go_to_the_office_of_the_kecamatan(reference_data):
    for kecamatan in Kecamatan.objects.all():
        agency = decide(
            Category.objects.get(pk="other"), place_in(kecamatan.kelurahan.first().pk), date(2026, 1, 5)
        ).agency
        assert agency.kind == Agency.Kind.KECAMATAN
        assert agency.name.endswith(kecamatan.name)


def test_reports_about_persons_are_sensitive(reference_data):
    assert set(Category.objects.filter(is_sensitive=True).values_list("pk", flat=True)) == {"social", "health"}


def test_independence_day_and_collective_leave_are_no_working_days(reference_data):
    days = set(Holiday.objects.values_list("date", flat=True))
    assert not is_working_day(date(2026, 8, 17), days)
    assert Holiday.objects.get(date=date(2025, 12, 26)).kind == Holiday.Kind.COLLECTIVE


def test_every_file_names_its_source():
    sources = yaml.safe_load((FIXTURES / "SOURCES.yaml").read_text(encoding="utf-8"))
    assert set(sources) == {source.file for source in reference.SOURCES}
    assert all(entry["source"] and entry["licence"] and entry["date"] for entry in sources.values())


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("city.yaml", '"36.74"', "36.74", "city.yaml, line 1: code: 36.74 must stand in quotes"),
        ("city.yaml", "name:", "nama:", "city.yaml, line 1: unknown column nama."),
        (
            "kecamatan.csv",
            "36.74.02,",
            "36.74.2,",
            "kelurahan.csv, line 11: kecamatan: there is no kecamatan 36.74.02.",
        ),
        ("kecamatan.csv", "36.74.02,", "36.75.02,", "kecamatan.csv, line 3: code 36.75.02 does not lie below 36.74."),
        ("kelurahan.csv", "code,bps_code", "code;bps_code", "kelurahan.csv, line 1: unknown column code;bps_code."),
        (
            "kelurahan.csv",
            "36.74.01.1002",
            "36.74.01.1001",
            "kelurahan.csv, line 3: 36.74.01.1001 is already in line 2.",
        ),
        ("agencies.csv", ",skpd,", ",dinas,", "agencies.csv, line 2: kind: Value 'dinas' is not a valid choice."),
        ("agencies.csv", "dishub,Dishub,", "dishub,,", "agencies.csv, line 3: short_name: This field cannot be blank."),
        ("categories.yaml", "icon: pothole", "icon: [", "categories.yaml, line "),
        ("categories.yaml", "order: 10\n", "order: first\n", "categories.yaml, line 3: order: “first” value must be"),
        ("routing_rules.csv", "dlh,100,", "dlh,", "routing_rules.csv, line 3: 8 columns instead of 9"),
        (
            "routing_rules.csv",
            "garbage,,,dlh",
            "garbage,,,dkp",
            "routing_rules.csv, line 3: agency: there is no agency dkp.",
        ),
        ("routing_rules.csv", "damaged-road,,,", ",,,", "routing_rules.csv, line 2: category: must not be empty."),
        ("routing_rules.csv", ",,2022-04-01", ",2023-01-01,2022-04-01", "routing_rules.csv, line 4: valid_to: "),
        ("response_targets.csv", ",verify,3,", ",verify,soon,", "response_targets.csv, line 2: working_days: "),
        ("holidays.csv", "2014-01-01", "1 Jan 2014", "holidays.csv, line 2: date: "),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_changed(folder, file, old, new, sentence):
    replace(folder / file, old, new)
    found = problems_of(folder)
    assert any(problem.startswith(sentence) for problem in found), found


def test_all_broken_lines_of_all_files_are_told_at_once(folder):
    replace(folder / "agencies.csv", ",skpd,", ",dinas,")
    replace(folder / "holidays.csv", "2014-01-01", "1 Jan 2014")
    assert {problem.split(",")[0] for problem in problems_of(folder)} == {"agencies.csv", "holidays.csv"}


def test_a_missing_file_and_a_foreign_encoding_are_told(folder):
    (folder / "holidays.csv").unlink()
    (folder / "response_targets.csv").write_bytes("category,step\n,für".encode("latin-1"))
    found = problems_of(folder)
    assert any(problem.startswith("holidays.csv is missing in ") for problem in found)
    assert any("is not UTF-8" in problem for problem in found)


def test_two_areas_with_one_bps_code_are_told_and_nothing_is_changed(folder):
    replace(folder / "kelurahan.csv", "3674020012", "3674020010")
    assert problems_of(folder)[0].startswith("kelurahan.csv, line 3: duplicate key value")


def test_another_city_needs_its_own_database(folder):
    City.objects.create(code="99", bps_code="9900", name="Kota Lain", brand="x", report_prefix="X", metric_srid=32648)
    assert problems_of(folder) == [
        "city.yaml: this database serves Kota Lain (99); another city needs its own database."
    ]


def test_a_changed_line_is_an_update(folder):
    reference.load(folder)
    replace(folder / "response_targets.csv", ",respond,5,", ",respond,4,")
    assert totals(reference.load(folder))["updated"] == 1
    assert ResponseTarget.objects.get(step="respond").working_days == 4


def test_an_edit_made_in_the_administration_survives_until_its_line_changes(folder):
    reference.load(folder)
    ResponseTarget.objects.filter(step="respond").update(working_days=2)
    Holiday.objects.filter(date=date(2026, 8, 17)).delete()
    kept = {outcome.file: outcome.kept for outcome in reference.load(folder) if outcome.kept}
    assert kept == {"response_targets.csv": [" |  | respond | "], "holidays.csv": ["2026-08-17"]}
    assert ResponseTarget.objects.get(step="respond").working_days == 2

    replace(folder / "response_targets.csv", ",respond,5,", ",respond,4,")
    reference.load(folder)
    assert ResponseTarget.objects.get(step="respond").working_days == 4


def test_overwrite_resets_what_was_edited_here():
    reference.load(FIXTURES)
    ResponseTarget.objects.filter(step="respond").update(working_days=2)
    assert totals(reference.load(FIXTURES, overwrite=True))["updated"] == 1


def test_a_row_that_left_the_file_is_reported_and_stays(folder):
    reference.load(folder)
    path = folder / "routing_rules.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    for _time in range(2):
        out = StringIO()
        call_command("load_reference", folder=folder, stdout=out)
        assert "other | 36.74.07" in out.getvalue()
        assert "is no longer in the file but still in force here" in out.getvalue()
    assert RoutingRule.objects.filter(agency="kec-setu").exists()


def test_the_command_prints_a_line_per_file_and_fails_with_the_broken_ones(folder):
    out = StringIO()
    call_command("load_reference", folder=folder, stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == [source.file for source in reference.SOURCES]
    assert lines[-1] == "Due dates of 0 open reports computed again."
    replace(folder / "agencies.csv", ",skpd,", ",dinas,")
    with pytest.raises(CommandError, match=r"agencies\.csv, line 2: kind(.|\n)*Nothing was changed"):
        call_command("load_reference", folder=folder)


def test_the_holiday_file_is_what_its_command_makes(folder, settings):
    settings.FIXTURES_DIR = folder
    before = (folder / "holidays.csv").read_text(encoding="utf-8")
    call_command("make_holidays", first=2014, last=2027, stdout=StringIO())
    assert (folder / "holidays.csv").read_text(encoding="utf-8") == before


def test_a_category_that_becomes_sensitive_hides_the_points_of_its_reports(folder):
    reference.load(folder)
    report = ReportFactory(
        category_id="garbage",
        kelurahan_id=None,
        agency_id=None,
        point=Point(106.72, -6.29, srid=4326),
        public_point=Point(106.72, -6.29, srid=4326),
    )
    replace(folder / "categories.yaml", "icon: garbage\n", "icon: garbage\n  is_sensitive: true\n")
    reference.load(folder)
    report.refresh_from_db()
    assert report.public_point is None
