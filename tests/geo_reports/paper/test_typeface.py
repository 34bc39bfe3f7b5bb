"""What of a citizen's text can be printed."""

import pytest
from django.conf import settings

from geo_reports.paper import typeface


@pytest.fixture(autouse=True, scope="module")
def _typeface():
    typeface.register(settings.NODE_MODULES / typeface.FOLDER)


@pytest.mark.parametrize(
    "text", ["Jl. Ciater Raya, 3,5 m² \N{EN DASH} ✓ selesai", "é ñ ć đ ş “kutip” … → № 5 Rp50.000", "a\nb"]
)
def test_latin_text_and_signs_are_printed_as_they_are(text):
    assert typeface.printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("汉字", "□□"),
        ("سلام", "□□□□"),
        ("banjir 🌊!", "banjir □!"),
        ("👨‍👩‍👧", "□□□"),
        ("e\u0301", "é"),
        ("a\tb\x00c\u00a0d", "a b c d"),
        ("\ue000", "□"),
    ],
)
def test_what_the_typeface_lacks_is_shown_as_a_square(text, shown):
    assert typeface.printable(text) == shown
