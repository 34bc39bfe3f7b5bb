"""What is suggested to the verifikator about a text, and what is left in peace."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.demo import phrases
from geo_reports.models import Report
from geo_reports.wording import flags
from geo_reports.wording.lexicon import entries
from geo_reports.wording.suggestions import suggest


def found(text: str) -> set[tuple[str, str, str]]:
    return {(flag.reason, flag.kind, flag.words) for flag in suggest(text).flags}


@pytest.mark.parametrize(
    "text",
    [
        "Macet total di perempatan, mobil tidak bergerak",
        "Harga beras di pasar tidak bisa turun",
        "Saluran tertimbun tanah proyek",
        "Rumput sudah sedada orang dewasa",
        "Warga terjebak macet dua jam",
        "Pohon tumbang di dalam kompleks, mohon cepat diangkat",
        "Jalan longsor lagi",
        "Anjing dikurung di trotoar",
        "Bangunan ditelantarkan kontraktor",
        "Maling masuk rumah tetangga saya, lampu jalan mati",
        "Pak RT sudah menangkap maling motor",
        "Tempat wudu masjid kotor dan bau",
        "Gembel tidur di halte, tolong dijemput dinas sosial",
        "Warung bajigur memakai trotoar",
        "Petugas stres karena antrean panjang",
        "Kotoran najis di depan musala dari anjing tetangga",
        "Toko kami kebanjiran terus",
    ],
)
def test_phrases_of_ordinary_reports_are_clean(text):
    assert suggest(text).is_clean


def test_the_problems_of_the_demonstration_written_by_others_stay_visible():
    texts = [problem.text for theme in phrases.load().themes.values() for problem in theme.problems]
    assert len(texts) > 50
    assert not [text for text in texts if suggest(text).withholds]


def test_what_the_demonstration_withholds_is_suggested_for_most_of_it():
    texts = [text for lines in phrases.load().withheld.values() for text in lines]
    assert sum(not suggest(text).is_clean for text in texts) >= len(texts) // 2


def test_reasons_are_those_that_a_report_can_be_withheld_for():
    assert set(flags.REASONS) <= set(Report.WithheldReason.values)


@pytest.mark.parametrize("words", entries("insults")["criticism"])
@pytest.mark.parametrize(
    "sentence", ["Pelayanan dinas {} sekali.", "Pak lurah, ini {}!", "petugasnya {} terus jalan rusak"]
)
def test_criticism_however_hard_is_never_flagged(words, sentence):
    assert suggest(sentence.format(words)).is_clean


@pytest.mark.parametrize("words", entries("insults")["ordinary"])
def test_ordinary_words_are_what_is_reported(words):
    assert not suggest(f"Mohon ditangani, {words} di depan pasar mengganggu warga").withholds


@pytest.mark.parametrize(
    ("ordinary", "insult"),
    [
        ("sampah menumpuk di depan rumah", "walikota sampah!"),
        ("banyak anjing liar di taman", "anjing lo semua"),
        ("ada orang gila di halte", "dasar gila kamu lurah"),
        ("bangkai babi di kali", "kalian semua babi"),
        ("kotoran sapi di jalan", "muka kamu kayak kotoran"),
    ],
)
def test_an_ordinary_word_is_an_insult_only_when_aimed(ordinary, insult):
    assert suggest(ordinary).is_clean
    assert suggest(insult).likeliest == "insult"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dinas g0bl0k banget", "g0bl0k"),
        ("4nj1ng lo walikota", "4nj1ng"),
        ("a.n.j.i.n.g kalian", "a.n.j.i.n.g"),
        ("b a n g s a t kalian", "b a n g s a t"),
        ("petugas t*lol", "t*lol"),
        ("petugas bangs***", "bangs***"),
        ("lurah toloooolll", "toloooolll"),
        ("camat\u200b tol\u200bol", "tol\u200bol"),
        ("аnjing lu semua", "аnjing"),
        ("petugas ｇｏｂｌｏｋ", "ｇｏｂｌｏｋ"),
        ("petugas tololnya minta ampun", "tololnya"),
        ("bangsatlah kalian", "bangsatlah"),
    ],
)
def test_disguised_words_are_found_and_marked_as_they_were_written(text, words):
    assert ("insult", "withhold", words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "*penting* jalan rusak",
        "RT 03 no. 5 blok A1",
        "jl. a.n. Budi rusak",
        "harga 4-5 ribu di TPS 3R",
        "p.o. box di jalan",
    ],
)
def test_figures_stars_and_initials_of_good_texts_are_no_disguise(text):
    assert suggest(text).is_clean


def test_a_coarse_word_said_to_nobody_is_covered_while_the_report_stays():
    suggestion = suggest("Njir, lampu jalan di gang kami mati seminggu dan gelap")
    assert [(flag.kind, flag.words) for flag in suggestion.flags] == [("redact", "Njir")]
    assert suggestion.likeliest is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hubungi saya di 0812-3456-7890 soal got mampet", "0812-3456-7890"),
        ("Jalan rusak, telp +62 812 3456 7890", "+62 812 3456 7890"),
        ("Jalan rusak, telp 021-7412345", "021-7412345"),
        ("NIK saya 3674012304850001, KTP belum jadi", "3674012304850001"),
        ("Balas ke saya.warga@contoh.co.id ya, jalan rusak", "saya.warga@contoh.co.id"),
        ("Truk B 1234 XYZ buang puing di kali", "B 1234 XYZ"),
        ("truk nopol b1234xyz buang puing di kali", "b1234xyz"),
        ("Disuruh transfer ke rekening BCA 1234567890", "1234567890"),
    ],
)
def test_personal_data_is_to_be_covered_not_withheld(text, words):
    assert found(text) == {("personal_data", "redact", words)}


@pytest.mark.parametrize(
    "text",
    [
        "Blok B 12 No 7 banjir",
        "Laporan nomor 2024110500123 belum dijawab",
        "Tagihan air Rp1.250.000",
        "Angkot D 09 ngetem",
        "Lampu mati sejak 12-03-2025 jam 18.30",
    ],
)
def test_addresses_amounts_and_dates_are_no_personal_data(text):
    assert suggest(text).is_clean


@pytest.mark.parametrize(
    "text",
    [
        "ada pungli di kelurahan",
        "Pak Camat korupsi dana bantuan",
        "petugas minta uang supaya KTP cepat",
        "kasus KDRT di rumah nomor 8",
    ],
)
def test_reports_about_persons_take_the_confidential_path_and_are_not_withheld(text):
    suggestion = suggest(text)
    assert suggestion.wants_confidential
    assert not suggestion.withholds
    assert suggestion.likeliest is None


def test_suspicion_against_nobody_in_particular_stays_public():
    assert suggest("Dana perbaikan jalan ke mana ya? Jangan-jangan dikorupsi").is_clean


@pytest.mark.parametrize(
    ("now", "not_now"),
    [
        ("Kebakaran sekarang di gang belakang pasar!", "Bekas kebakaran bulan lalu belum dibersihkan"),
        ("ada korban terjepit di mobil", "lubang ini sudah banyak makan korban"),
        ("rumah terbakar tolong cepat", "kabel ini bisa bikin rumah terbakar"),
    ],
)
def test_an_emergency_is_danger_now(now, not_now):
    assert suggest(now).likeliest == "emergency"
    assert "112" in str(suggest(now).flags[0].why)
    assert suggest(not_now).is_clean


def test_the_gravest_reason_is_offered_first():
    assert suggest("Promo diskon order bit.ly/x, awas lo petugas gw bacok").likeliest == "violence"


@given(st.text(max_size=300))
def test_any_unicode_is_read_and_highlights_are_exactly_what_stands_there(text):
    suggestion = suggest(text)
    for flag in suggestion.flags:
        assert 0 <= flag.start <= flag.end <= len(text)
        assert text[flag.start : flag.end] == flag.words
    assert suggest(text) == suggestion


WORDS = sorted(
    {
        word
        for topic in ("insults", "hate", "promotion", "topics", "persons", "people")
        for name in entries(topic)
        for word in entries(topic)[name]
    }
)


@given(
    st.lists(
        st.sampled_from(
            [*WORDS, ",", "!", "0812 3456 7890", "B 1234 XYZ", "t*lol", "g0bl0k", "a n j", "\u200b", "bit.ly/x"]
        ),
        max_size=30,
    ).map(" ".join)
)
def test_any_heap_of_listed_words_is_read_and_highlighted_exactly(text):
    for flag in suggest(text).flags:
        assert 0 <= flag.start <= flag.end <= len(text)
        assert text[flag.start : flag.end] == flag.words


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "a.",
        "1",
        "0 8 ",
        "*",
        "a*",
        "a@",
        "a-",
        "(",
        " ",
        "08",
        "+62",
        "x2",
        "anjing ",
        "lu ",
        "B 1 ",
        "rek ",
        "rek a ",
        "www.",
        "a.com/",
        "\u0301",
        "ﷺ",
        "'a",
        "é",
        "4",
        "no rek: ",
        "k*",
    ],
)
def test_time_grows_with_the_length_and_no_faster(piece):
    def cost(length: int) -> float:
        text = (piece * length)[:length]
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            suggest(text)
            best = min(best, time.process_time() - began)
        return best

    suggest(piece)
    # Eight times the text: 64 times the work would be quadratic. The floor keeps noise of tiny times out.
    assert cost(4000) < 24 * max(cost(500), 0.002)
