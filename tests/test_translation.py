"""The English translation: complete, faithful in its placeholders, and what a reader of English gets."""

import ast
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from geo_reports import moderation
from geo_reports.models import Report
from tests.factories import ReportFactory, make_verifier

ROOT = Path(__file__).parent.parent
CATALOGUE = Path("en/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[%a-z]|\{[^{}]*\}|</?[a-z]+>")
PAGES = [
    "/",
    "/laporan/",
    "/lapor/",
    "/analitik/bandingkan/?apa=periode",
    "/analitik/kecamatan/",
    "/analitik/",
    "/analitik/titik-rawan/",
    "/petugas/masuk/",
    "/kecamatan/99.01/",
    "/skpd/roads/",
    "/laporan/KODE/",
]


@dataclass
class Entry:
    flags: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return self.parts["msgid"]

    @property
    def forms(self) -> list[str]:
        return [text for name, text in self.parts.items() if name.startswith("msgstr")]


def read(path: Path) -> list[Entry]:
    """The entries of a catalogue without its header; obsolete ones are comments and do not count."""
    entries = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.flags += line
            elif found := re.match(r'(msg[\w\[\]]+) (".*")$', line):
                name = found[1]
                entry.parts[name] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                entry.parts[name] += ast.literal_eval(line)
        if entry.parts.get("msgid"):
            entries.append(entry)
    return entries


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read(ROOT / "locale" / CATALOGUE)


def test_every_text_is_translated_and_none_is_a_guess(entries):
    assert len(entries) > 500
    assert not [entry.source for entry in entries if not all(entry.forms) or "fuzzy" in entry.flags]


def test_plural_texts_have_both_english_forms(entries):
    assert not [entry.source for entry in entries if len(entry.forms) != (2 if "msgid_plural" in entry.parts else 1)]


def test_translations_keep_placeholders_and_tags(entries):
    differing = [
        (entry.source, form)
        for entry in entries
        for form in entry.forms
        if Counter(PLACEHOLDER.findall(form)) != Counter(PLACEHOLDER.findall(entry.source))
    ]
    assert not differing


def test_translations_keep_the_lines_around_a_text(entries):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert not [entry.source for entry in entries if {edges(form) for form in entry.forms} != {edges(entry.source)}]


def test_no_text_of_the_sources_is_missing(entries, tmp_path, monkeypatch, settings):
    # Extraction leaves work files beside the sources, so it reads a copy.
    for name in ("geo_reports", "maps", "analytics", "templates"):
        ignored = shutil.ignore_patterns("static", "migrations", "__pycache__", "*.yaml")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["en"], no_location=True, verbosity=0)
    extracted = {entry.source for entry in read(tmp_path / "locale" / CATALOGUE)}
    known = {entry.source for entry in entries}
    assert not extracted - known, "run makemessages and translate"
    assert not known - extracted, "run makemessages --no-obsolete"


@pytest.fixture
def compiled(tmp_path, settings):
    """The committed catalogue, compiled: *.mo files are made by the scripts and may be old or absent."""
    target = tmp_path / "locale" / CATALOGUE.with_suffix(".mo")
    target.parent.mkdir(parents=True)
    subprocess.run(["msgfmt", "--check-format", "-o", target, ROOT / "locale" / CATALOGUE], check=True)  # noqa: S603, S607
    settings.LOCALE_PATHS = [tmp_path / "locale"]  # makes Django forget what it has loaded


@pytest.mark.usefixtures("toy_city", "compiled")
class TestLanguageOfAPage:
    def test_indonesian_is_the_default(self, client):
        page = client.get("/laporan/").content.decode()
        assert '<html lang="id">' in page
        assert "Menu utama" in page

    def test_a_browser_that_asks_for_english_gets_it(self, client):
        page = client.get("/laporan/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
        assert '<html lang="en">' in page
        assert "Main menu" in page
        assert "Menu utama" not in page

    def test_an_unknown_language_falls_back_to_indonesian(self, client):
        assert '<html lang="id">' in client.get("/laporan/", headers={"accept-language": "ja"}).content.decode()

    def test_the_switch_is_remembered_against_the_browser(self, client):
        client.post("/bahasa/setlang/", {"language": "en", "next": "/laporan/"})
        page = client.get("/laporan/", headers={"accept-language": "id"}).content.decode()
        assert '<html lang="en">' in page
        client.post("/bahasa/setlang/", {"language": "id", "next": "/laporan/"})
        assert '<html lang="id">' in client.get("/laporan/").content.decode()

    @pytest.mark.parametrize("address", PAGES)
    def test_an_english_page_has_no_sentence_in_indonesian(self, client, entries, address):
        address = address.replace("KODE", ReportFactory().code)
        response = client.get(address, headers={"accept-language": "en"})
        assert response.status_code == 200
        page = unescape(response.content.decode())
        sentences = {
            entry.source for entry in entries if entry.source.count(" ") > 1 and not PLACEHOLDER.search(entry.source)
        }
        sentences -= {form for entry in entries for form in entry.forms}
        assert not [sentence for sentence in sentences if sentence in page]

    def test_an_error_in_a_filter_is_said_in_english(self, client):
        page = client.get("/laporan/", {"dari": "kemarin"}, headers={"accept-language": "en"}).content.decode()
        assert "From date: Enter a valid date" in unescape(page)

    def test_what_a_moderator_using_english_leaves_in_the_history_is_indonesian(self):
        with translation.override("en"):
            report = moderation.withhold(ReportFactory().pk, Report.WithheldReason.PROMOTION, actor=make_verifier())
            assert report.get_withheld_reason_display() == "Promotion or advertising"
        assert report.changes.latest("at").note == "Promosi atau iklan"
