"""Template tags: icons that exist, words for ages, chips with shape and word."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils.translation import override

from geo_reports.models import Category
from geo_reports.templatetags.look import category_hint, category_label, icon, moment, relative_time, status_chip
from geo_reports.workflow import Status

SPRITE = (Path(settings.BASE_DIR) / "geo_reports/static/geo_reports/icons.svg").read_text()
SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
NOW = datetime(2025, 3, 12, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "baru saja"),
        (timedelta(seconds=59), "baru saja"),
        (timedelta(minutes=1), "1 menit lalu"),
        (timedelta(minutes=59), "59 menit lalu"),
        (timedelta(hours=23), "23 jam lalu"),
        (timedelta(days=2), "2 hari lalu"),
        (timedelta(days=13), "13 hari lalu"),
        (timedelta(days=20), "2 minggu lalu"),
        (timedelta(days=100), "3 bulan lalu"),
        (timedelta(days=364), "12 bulan lalu"),
        (timedelta(days=800), "2 tahun lalu"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(age, words):
    assert relative_time(NOW - age, NOW) == words


def test_a_moment_is_written_as_the_public_service_writes_it():
    assert "12 Mar 2025, 12.00 WIB" in moment(NOW)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_shape_and_a_word(status):
    assert f"status-{status}" in SYMBOLS
    chip = status_chip(status)
    assert f"icons.svg#status-{status}" in chip
    assert str(status.label) in chip


def test_every_category_of_the_reference_data_has_an_icon():
    categories = yaml.safe_load((Path(settings.BASE_DIR) / "fixtures/categories.yaml").read_text())
    assert {f"category-{row['icon']}" for row in categories.values()} <= SYMBOLS


def test_every_icon_that_a_template_names_is_in_the_sprite():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    named = {name for path in templates for name in re.findall(r'{% icon "([^"]+)"(?!\|)', path.read_text())}
    assert named - SYMBOLS == set()


def test_an_icon_is_silent_and_cannot_break_out_of_its_attribute():
    assert 'aria-hidden="true"' in icon("pin")
    assert "<script>" not in icon('"><script>')


def test_a_category_speaks_the_language_of_the_page():
    category = Category(name="Sampah", name_en="Garbage", hint="Tumpukan", hint_en="")
    with override("en"):
        assert (category_label(category), category_hint(category)) == ("Garbage", "Tumpukan")
    with override("id"):
        assert category_label(category) == "Sampah"
