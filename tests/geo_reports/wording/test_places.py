"""Which places a text names, on a toy city and once on the real names."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.wording.places import Gazetteer, PlaceName, edits, place_hints

FIXTURES = Path(__file__).parents[3] / "fixtures"
TOY = Gazetteer(
    (
        PlaceName("kecamatan", "01", "Utara Jaya"),
        PlaceName("kecamatan", "02", "Lembang"),
        PlaceName("kelurahan", "01.1", "Lembang"),
        PlaceName("kelurahan", "01.2", "Lembang Barat"),
        PlaceName("kelurahan", "01.3", "Pondok Melur"),
        PlaceName("kelurahan", "01.4", "Rawamelati", ("Rawa Melati",)),
        PlaceName("kelurahan", "01.5", "Muncul"),
        PlaceName("kelurahan", "01.6", "Rengas"),
        PlaceName("kelurahan", "01.7", "Cilandaan"),
        PlaceName("street", "s1", "Jl. Raya Kencana"),
        PlaceName("street", "s2", "Jl. H. Somad"),
        PlaceName("street", "s3", "Jl. Merdeka"),
    )
)


def keys(text: str, gazetteer: Gazetteer = TOY) -> list[str]:
    return [hint.key for hint in place_hints(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("banjir di kel. lembang brt", "01.2"),
        ("PJU mati di Pd. Melur", "01.3"),
        ("pd melur gelap", "01.3"),
        ("daerah rawa melati", "01.4"),
        ("daerah rawamelati", "01.4"),
        ("jl kencana berlubang", "s1"),
        ("jln. raya kencana berlubang", "s1"),
        ("Jl Kencana Raya berlubang", "s1"),
        ("jl somad banjir", "s2"),
        ("Jl. H. Somad banjir", "s2"),
        ("jalan haji somad banjir", "s2"),
        ("kec utara jaya", "01"),
        ("kelurahan muncul", "01.5"),
        ("dekat pasar Muncul", "01.5"),
    ],
)
def test_names_are_found_in_the_spelling_of_every_day(text, key):
    assert keys(text)[0] == key


def test_the_kind_before_it_tells_two_places_of_one_name_apart():
    assert keys("banjir di Kec. Lembang") == ["02"]
    assert keys("banjir di Kel. Lembang") == ["01.1"]
    assert keys("Kel. Lembang, Kec. Lembang") == ["01.1", "02"]
    assert keys("banjir di lembang") == ["02", "01.1"]


def test_a_longer_name_is_not_its_beginning():
    assert keys("sampah di Lembang Barat") == ["01.2"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("kel cilandan", "01.7"), ("di pondok melor", "01.3"), ("pondk melur", "01.3"), ("kel rngas", None)],
)
def test_long_names_may_be_misspelt_and_short_ones_may_not(text, key):
    assert keys(text) == ([key] if key else [])


@pytest.mark.parametrize(
    "text",
    [
        "air muncul dari lubang",
        "jalan berlembang-lembangan",
        "kelembangan",
        "rengasan pohon",
        "merdeka dari sampah",
        "pasangan cilandak",
        "jalan",
        "kel",
        "",
    ],
)
def test_ordinary_words_are_no_places(text):
    assert keys(text) == []


def test_a_street_of_the_name_is_only_a_weak_hint_at_the_area():
    hints = place_hints("jl lembang berlubang", TOY)
    assert {hint.likeness for hint in hints} == {0.6}


def test_the_words_are_marked_as_they_stand():
    text = "Tolong,\u200b kel.  Lembang   Brt gelap"
    (hint,) = place_hints(text, TOY)
    assert text[hint.start : hint.end] == "Lembang   Brt"


def test_the_likeliest_comes_first_and_not_too_many():
    hints = place_hints("jl lembang, kel rengas, pondok melor", TOY)
    assert [hint.likeness for hint in hints] == sorted((hint.likeness for hint in hints), reverse=True)
    assert len(place_hints("jl lembang, kel rengas, pondok melor", TOY, most=2)) == 2


@pytest.mark.parametrize(
    ("one", "other", "count"), [("abc", "abc", 0), ("abc", "acb", 1), ("", "ab", 2), ("kitten", "sitting", 3)]
)
def test_edits_count_swaps_of_neighbours_as_one(one, other, count):
    assert edits(one, other) == edits(other, one) == count


@given(st.text(max_size=200))
def test_any_unicode_is_read(text):
    for hint in place_hints(text, TOY):
        assert 0 <= hint.start < hint.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            ["kel", "kec.", "Lembang", "brt", "pd", "melur", "jl", "raya", "kencana", "H.", "somad", ",", "muncul"]
        ),
        max_size=20,
    )
)
def test_a_text_has_the_same_hints_every_time(pieces):
    text = " ".join(pieces)
    hints = place_hints(text, TOY)
    assert hints == place_hints(text, TOY)
    assert all(0 < hint.likeness <= 1 for hint in hints)


@pytest.fixture(scope="module")
def real() -> Gazetteer:
    def rows(name):
        with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def aliases(row):
        return tuple(filter(None, (row["aliases"] or "").split(";")))

    return Gazetteer(
        (
            *(PlaceName("kelurahan", row["code"], row["name"], aliases(row)) for row in rows("kelurahan")),
            *(PlaceName("kecamatan", row["code"], row["name"], aliases(row)) for row in rows("kecamatan")),
            *(
                PlaceName("street", row["name"], row["name"], aliases(row))
                for row in rows("roads")
                if row["kind"] == "road"
            ),
        )
    )


def test_every_real_name_is_found_behind_its_kind(real):
    words = {"kelurahan": "Kel.", "kecamatan": "Kec.", "street": ""}
    missed = [
        name
        for name in real.names
        for spelling in (name.name, *name.aliases)
        if (name.kind, name.key)
        not in [(hint.kind, hint.key) for hint in place_hints(f"lampu mati di {words[name.kind]} {spelling}", real)]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("pju mati kel pamulang brt", "kelurahan", "Pamulang Barat"),
        ("jl siliwangi banjir", "street", "Jl. Raya Siliwangi"),
        ("sampah di perigi", "kelurahan", "Parigi"),
        ("got mampet kampung sawah", "kelurahan", "Sawah"),
        ("jalan rusak pd cabe udik", "kelurahan", "Pondok Cabe Udik"),
        ("lampu mati jurang mangu timur", "kelurahan", "Jurangmangu Timur"),
        ("banjir di kec serpong", "kecamatan", "Serpong"),
    ],
)
def test_real_texts_name_real_places(real, text, kind, name):
    best = place_hints(text, real)[0]
    assert (best.kind, best.name) == (kind, name)


@pytest.mark.parametrize(
    "text", ["air muncul dari lubang", "sawah warga kering", "anak-anak jatuh", "buatan sendiri", "pasangan muda"]
)
def test_texts_without_a_place_name_none_of_the_real_ones(real, text):
    assert place_hints(text, real) == ()
