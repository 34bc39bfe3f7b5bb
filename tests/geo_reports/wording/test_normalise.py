"""SMS spelling to plain words that remember their place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo_reports.wording.folding import fold
from geo_reports.wording.normalise import normalise, slang, words_of

# Any text, and texts of pieces that the rules look at.
TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "dr",
            "dr.",
            "Dr. ",
            "SMP",
            "smp",
            "km",
            "5",
            "jl",
            "Jl.",
            "org2",
            "mobilx",
            "jlnnya",
            "a.n.j",
            "w",
            "HR",
            "2",
            "x",
            "no",
            "rt2",
            "toloooong",
            "bit.ly/x",
            "www.",
            "a@b.co",
            "İ",
            "ﬁ",
            "\u200b",
            "а",
            "'",
            "é",
            "aaa2",
            "xxx",
            " ",
            "\n",
            "nya",
        ]
    ),
    max_size=25,
).map(" ".join)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yg dgn utk tdk gk ga gak", "yang dengan untuk tidak tidak tidak tidak"),
        ("jln dpn rmh sy rsk bgt", "jalan depan rumah saya rusak banget"),
        ("org2 pd ngeluh", "orang orang pada ngeluh"),
        ("jln2 sini", "jalan jalan sini"),
        ("mobilx lewat dijln", "mobilnya lewat di jalan"),
        ("toloooong pak", "tolong bapak"),
        ("TLG DIPERBAIKI", "tolong diperbaiki"),
        ("walkot dan pemkot", "wali kota dan pemerintah kota"),
        ("Jum'at", "jumat"),
    ],
)
def test_chat_spelling_becomes_plain_words(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("RT 03 RW 07", "rt 03 rw 07"),
        ("rt2 blok2", "rt2 blok2"),
        ("jl. H. Usman no. 5", "jalan h usman nomor 5"),
        ("5 km dari sini, km 12", "5 km dari sini km 12"),
        ("km jangan diam", "kamu jangan diam"),
        ("Jl MT Haryono", "jalan mt haryono"),
        ("mt lampu", "mati lampu"),
        ("blok W", "blok w"),
        ("box besar", "box besar"),
    ],
)
def test_numbers_initials_and_measures_stay(written, meant):
    assert normalise(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dr tadi mlm", "dari tadi malam"),
        ("dr. Budi", "dokter budi"),
        ("jl dr setiabudi", "jalan dokter setiabudi"),
        ("dr. tadi", "dari tadi"),
        ("smp skrg", "sampai sekarang"),
        ("dpn smp negeri 2", "depan sekolah menengah pertama negeri 2"),
        ("dekat SMP kami", "dekat sekolah menengah pertama kami"),
        ("pagi smp sore", "pagi sampai sore"),
    ],
)
def test_what_has_two_meanings_is_read_by_its_neighbours(written, meant):
    assert normalise(written) == meant


def test_every_word_knows_its_place_in_the_original_text():
    text = "Tlg  pak,\u200b jln2 Ｒｕｓａｋ dmn mana?"
    assert [(word.form, text[word.start : word.end]) for word in words_of(text)] == [
        ("tolong", "Tlg"),
        ("bapak", "pak"),
        ("jalan", "jln2"),
        ("jalan", "jln2"),
        ("rusak", "Ｒｕｓａｋ"),
        ("di", "dmn"),
        ("mana", "dmn"),
        ("mana", "mana"),
    ]


def test_punctuation_and_lines_open_clauses_but_abbreviations_do_not():
    text = "Jl. Mawar no. 5 rusak, tolong\ndiperbaiki. Segera"
    assert [word.form for word in words_of(text) if word.opens] == ["jalan", "tolong", "diperbaiki", "segera"]


def test_links_and_addresses_are_one_word():
    found = [
        word.form for word in words_of("cek https://Toko.example/a?b=1, wa.me/62811 atau a.b@c.co.id.") if word.is_link
    ]
    assert found == ["https://toko.example/a?b=1", "wa.me/62811", "a.b@c.co.id"]


def test_a_table_entry_never_leads_to_another():
    table = slang().words
    assert not {short: meant for short, meant in table.items() if set(meant) & table.keys()}


@given(TEXTS)
@example("Dr. H. Budi dr RSUD")
@example("5 km w jl w")
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(TEXTS)
def test_words_lie_in_order_within_the_text(text):
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.source)
    assert fold(folded.text).text == folded.text
