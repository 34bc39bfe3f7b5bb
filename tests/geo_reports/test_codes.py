import re

import pytest

from geo_reports.codes import ALPHABET, encode, new_code


def test_a_number_becomes_six_characters_most_significant_first():
    assert encode(0) == "000000"
    assert encode(1) == "000001"
    assert encode(32) == "000010"
    assert encode(2**30 - 1) == "ZZZZZZ"


def test_different_numbers_have_different_codes():
    assert len({encode(number) for number in range(0, 2**30, 99_991)}) == len(range(0, 2**30, 99_991))


@pytest.mark.parametrize("number", [-1, 2**30])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(ValueError, match="30 bits"):
        encode(number)


def test_the_alphabet_has_no_letter_that_looks_like_a_digit():
    assert not set("ILOU") & set(ALPHABET)


def test_a_new_code_carries_the_prefix():
    assert re.fullmatch(rf"AB-[{ALPHABET}]{{6}}", new_code("AB"))
