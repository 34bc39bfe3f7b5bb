"""manage.py monthly_report: files that are whole, named by SKPD and month."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from geo_reports.paper import typeface
from tests.analytics.monthly.reading import text

pytestmark = pytest.mark.usefixtures("march")
NAME = "laporan-bulanan_kota_2025-03.pdf"


def run(folder: Path, *arguments: str) -> str:
    out = io.StringIO()
    call_command("monthly_report", "--month", "2025-03", "--to", str(folder), *arguments, stdout=out)
    return out.getvalue()


def test_the_city_and_every_agency_with_public_reports_get_a_file(tmp_path):
    told = run(tmp_path / "new" / "folder", "--all")
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        NAME,
        "laporan-bulanan_lampu_2025-03.pdf",
        "laporan-bulanan_pu_2025-03.pdf",
    ]
    assert told.count(" of 3 ") == 3
    assert "Dinas Lampu, Kota Uji" in text((tmp_path / "new/folder/laporan-bulanan_lampu_2025-03.pdf").read_bytes())


def test_what_is_complete_is_left_alone_unless_asked(tmp_path):
    run(tmp_path)
    (tmp_path / NAME).write_bytes(b"mine")
    assert "already there" in run(tmp_path)
    assert (tmp_path / NAME).read_bytes() == b"mine"
    assert "already there" not in run(tmp_path, "--again")
    assert (tmp_path / NAME).read_bytes().startswith(b"%PDF")


def test_what_was_written_before_its_month_was_over_is_written_anew(tmp_path):
    run(tmp_path)
    middle_of_march = 1_742_000_000
    os.utime(tmp_path / NAME, (middle_of_march, middle_of_march))
    assert "already there" not in run(tmp_path)


def test_a_run_that_breaks_off_leaves_no_half_file_under_the_name(tmp_path, settings):
    typeface.register.cache_clear()
    parts, settings.NODE_MODULES = settings.NODE_MODULES, tmp_path / "nowhere"
    with pytest.raises(Exception, match="DejaVu"):
        run(tmp_path / "reports")
    settings.NODE_MODULES = parts
    assert not (tmp_path / "reports" / NAME).exists()
    run(tmp_path / "reports")
    assert [path.name for path in (tmp_path / "reports").iterdir()] == [NAME]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--month", "2999-01"), "belum tiba"),
        (("--month", "soon"), "misalnya 2026-10"),
        (("--skpd", "tidak-ada"), "tidak dikenal"),
    ],
)
def test_what_is_impossible_ends_with_a_sentence(tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, *arguments)


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        run(tmp_path / "file")
