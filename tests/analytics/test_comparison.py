"""The page that compares: its address, its words, and what it refuses to say."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from analytics.compared_periods import usual_periods
from analytics.timing import folding

PAGE = "/analitik/bandingkan/"
HALF = "?apa=periode&a_dari=2025-03-31&a_sampai=&b_dari=2025-05-01&b_sampai=2025-05-31"
PERIODS = "?apa=periode&a_dari=2025-03-01&a_sampai=2025-03-31&b_dari=2025-04-01&b_sampai=2025-04-30"


@pytest.fixture
def reports(add):
    """PU answers thirty within 1 to 30 hours, Lampu thirty within 101 to 130."""
    for number in range(1, 31):
        add({"agency": "pu", "responded": number, "completed": number + 50}, status="done", closed=number + 50)
        add({"agency": "lampu", "responded": number + 100}, area="2")


def table(client, query: str) -> dict[tuple[str, str], dict[str, str]]:
    response = client.get(f"/analitik/bandingkan.csv{query}")
    assert response.status_code == 200
    return {(row["tahap"], row["ukuran"]): row for row in csv.DictReader(io.StringIO(response.content.decode()))}


def said(html: str) -> list[str]:
    """The first sentences, of the first response and of the completion."""
    found = re.findall(r'<p class="headline">(.*?)</p>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


def test_two_skpd_that_differ_are_said_to(client, reports):
    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()

    assert said(html)[0] == (
        "Tanggapan pertama: Median PU 0,6 hari, Lampu 4,8 hari: selisih 4,2 hari (95%: 3,8–4,5)."  # noqa: RUF001
    )
    assert "PU lebih cepat, lebih dari kebetulan (p\N{NO-BREAK SPACE}&lt;\N{NO-BREAK SPACE}0,001)." in html
    assert "Terlalu sedikit untuk dibandingkan: Lampu 0 dari 30 selesai (minimal 10)." in html


def test_the_difference_is_written_as_the_file_has_it_and_said_before_rounding(client, reports):
    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()

    assert "<strong>\N{MINUS SIGN}4,2</strong>" in html
    assert "dihitung sebelum dibulatkan" in html
    assert html.count('<table class="table contrast">') == 1, "none for what cannot be compared"


def test_where_only_the_slowest_differ_the_sentence_names_them(client, add):
    """Both answer half within the same hours; PU lets one in five wait for weeks."""
    for number in range(1, 101):
        add({"agency": "lampu", "responded": number % 50 + 1})
        add({"agency": "pu", "responded": number % 50 + 1 if number % 5 else 400 + number})

    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()
    assert said(html)[0] == (
        "Tanggapan pertama: Median PU 1,3 hari, Lampu 1,0 hari, mungkin kebetulan; "
        "90% dalam: PU 19 hari, Lampu 1,9 hari: selisih 17,1 hari (95%: 16,0–18,2)."  # noqa: RUF001
    )
    assert "Lampu lebih cepat" in html


def test_where_medians_are_not_reached_the_first_share_that_differs_is_named(client, add):
    for number in range(1, 101):
        add({"agency": "lampu", "responded": number if number <= 10 else None})
        add({"agency": "pu", "responded": number if number <= 40 else None})

    first, _second = said(client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode())
    assert first == (
        "Tanggapan pertama: Median keduanya belum tercapai; dalam 3 hari: PU 40%, Lampu 10%: "
        "selisih 30,0 poin (95%: 18,2–41,2)."  # noqa: RUF001
    )


def test_the_difference_of_medians_has_an_interval(client, reports):
    row = table(client, "?apa=skpd&a=pu&b=lampu")["tanggapan", "median_hari"]

    assert (row["a"], row["b"], row["selisih"]) == ("0.6250", "4.7917", "-4.1667")
    assert float(row["selisih_bawah_95"]) < -4.17 < float(row["selisih_atas_95"]) < 0


def test_the_file_says_what_was_compared_how_many_and_by_which_filter(client, reports):
    response = client.get("/analitik/bandingkan.csv?apa=skpd&a=pu&b=lampu&kategori=jalan")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))

    assert 'filename="bandingkan-pu-lampu-' in response["Content-Disposition"]
    assert {row["saringan"] for row in rows} == {"kategori=jalan"}
    assert [(row["pembanding_a"], row["pembanding_b"]) for row in rows] == [("pu", "lampu")] * 10
    first, last = rows[0], rows[-1]
    assert (first["a_diikuti"], first["a_peristiwa"], first["b_peristiwa"]) == ("30", "30", "30")
    assert float(first["p_log_rank"]) < 0.001
    assert (last["tahap"], last["ukuran"], last["p_log_rank"], last["b_peristiwa"]) == (
        "selesai",
        "dalam_60_hari",
        "",
        "0",
    )
    assert rows[4]["a"] == "1.0000", "shares are 0..1, as in the other files"


def test_the_file_of_two_periods_names_their_days(client, reports):
    response = client.get(f"/analitik/bandingkan.csv{PERIODS}")

    assert "bandingkan-2025-03-01_2025-03-31-2025-04-01_2025-04-30-" in response["Content-Disposition"]
    row = next(csv.DictReader(io.StringIO(response.content.decode())))
    assert (row["pembanding_a"], row["pembanding_b"]) == ("2025-03-01/2025-03-31", "2025-04-01/2025-04-30")


def test_the_same_against_itself_in_two_kecamatan_cannot_be_told_from_chance(client, add):
    for number in range(1, 31):
        for area in ("1", "2"):
            add({"agency": "pu", "responded": number}, area=area)

    html = client.get(PAGE + "?apa=kecamatan&a=77.01&b=77.02").content.decode()
    assert "tidak dapat dibedakan dari kebetulan (p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}1,000)" in html


def test_two_periods_follow_only_what_happened_in_them(client, reports):
    rows = client.get(PAGE + PERIODS).context["differences"]
    sizes = {found.name: [clock.n for _label, clock in found.sizes] for found in rows}

    # In April nobody waits for an answer any more; Lampu has settled nothing yet.
    assert sizes == {"response": [60, 0], "completion": [60, 30]}
    assert "Sebelum dan sesudah bukan sebab dan akibat" in client.get(PAGE + PERIODS).content.decode()


def test_the_usual_periods_are_of_the_same_season():
    first, second = usual_periods(date(2026, 11, 30))

    assert (first.since, first.until) == (date(2026, 8, 1), date(2026, 10, 31))
    assert (second.since, second.until) == (date(2025, 8, 1), date(2025, 10, 31))


def test_until_two_are_chosen_there_is_a_form(client, office):
    html = client.get(PAGE).content.decode()

    assert "Pilih dua SKPD" in html
    assert 'name="a"' in html
    assert "data-grafik" not in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?apa=naga", "dua periode"),
        ("?apa=skpd&a=pu&b=pu", "Pilih dua yang berbeda."),
        ("?apa=skpd&a=pu&b=naga", "“naga” tidak dikenal."),
        ("?apa=skpd&a=pu&b=%00", "“\N{REPLACEMENT CHARACTER}” tidak dikenal."),
        ("?apa=skpd&a=pu&b=lampu&kategori=naga", "“naga” tidak dikenal. Saringan diabaikan;"),
        ("?apa=periode&a_dari=2025-03-31&a_sampai=2025-03-01", "Periode pertama: “Dari” harus sebelum"),
        ("?apa=periode&a_dari=2999-12-01&a_sampai=2999-12-02", "Periode pertama: “Dari” harus sebelum"),
        ("?apa=periode&b_dari=2025-03-31", "Periode kedua: isi “Sampai” dengan tanggal"),
        ("?apa=periode&a_dari=x&a_sampai=y", "Periode pertama: isi “Dari” dan “Sampai” dengan tanggal"),
        (f"{PERIODS[:-4]}&b_dari=2025-03-01&b_sampai=2025-03-31", "Pilih dua periode yang berbeda."),
    ],
)
def test_what_is_impossible_is_named_on_the_page_and_to_machines(client, office, query, sentence):
    response = client.get(PAGE + query)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert client.get(f"/analitik/bandingkan.csv{query}").status_code == 400


def test_a_period_that_has_not_begun_is_refused_and_today_is_not(client, reports):
    today = timezone.localdate()
    tomorrow, next_year = today + timedelta(days=1), today + timedelta(days=365)

    refused = client.get(f"{PAGE}?apa=periode&a_dari={tomorrow}&a_sampai={tomorrow}")
    assert refused.status_code == 400
    assert "belum tiba, jadi belum ada yang dapat dihitung." in refused.content.decode()
    assert client.get(f"/analitik/bandingkan.csv?apa=periode&a_dari={tomorrow}&a_sampai={tomorrow}").status_code == 400

    running = client.get(f"{PAGE}?apa=periode&a_dari={today}&a_sampai={next_year}")
    assert running.status_code == 200
    assert "belum tiba: periode itu dihitung sampai hari ini." in running.content.decode()


def test_periods_that_share_days_are_warned_about(client, reports):
    overlapping = "?apa=periode&a_dari=2025-03-01&a_sampai=2025-03-31&b_dari=2025-03-31&b_sampai=2025-04-30"

    assert "Kedua periode bertumpang tindih" in client.get(PAGE + overlapping).content.decode()
    assert "bertumpang tindih:" not in client.get(PAGE + PERIODS).content.decode()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (HALF, 'name="a_dari" value="2025-03-31"'),
        (HALF, 'name="b_sampai" value="2025-05-31"'),
        ("?apa=skpd&a=pu&b=pu", '<option value="pu" selected>'),
    ],
)
def test_what_was_asked_for_still_stands_in_the_form(client, office, query, kept):
    assert kept in client.get(PAGE + query).content.decode()


def test_a_file_needs_both(client, office):
    response = client.get("/analitik/bandingkan.csv?apa=skpd")

    assert (response.status_code, response.content.decode()) == (400, "Sebutkan keduanya: a dan b.")


@pytest.mark.parametrize(("query", "questions"), [("?apa=skpd&a=pu&b=lampu", 8), (PERIODS, 9)])
def test_the_page_asks_a_handful_of_questions(client, reports, query, questions, django_assert_num_queries):
    folding.fold_all()

    with django_assert_num_queries(questions):
        client.get(PAGE + query)


def test_without_reports_it_says_that_there_are_too_few(client, office):
    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()

    assert "Terlalu sedikit untuk dibandingkan: PU tanpa laporan, Lampu tanpa laporan (minimal 10)." in html
    assert "<table" not in html


@pytest.mark.parametrize("reports", [1, 40], ids=["one", "many"])
def test_whoever_only_waits_is_too_few_and_no_error(client, add, reports):
    for _number in range(reports):
        add({"agency": "pu"})
        add({"agency": "lampu"}, area="2")

    for query in ("?apa=skpd&a=pu&b=lampu", "?apa=kecamatan&a=77.01&b=77.02", PERIODS):
        html = client.get(PAGE + query).content.decode()
        assert "Terlalu sedikit untuk dibandingkan" in html
        assert "nan" not in html.casefold().split()
        assert all(row["selisih"] == "" for row in table(client, query).values())


def test_a_single_report_that_was_settled_is_too_few(client, add):
    add({"agency": "pu", "responded": 1, "completed": 2}, status="done", closed=2)

    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()
    assert "Terlalu sedikit untuk dibandingkan: PU 1 dari 1 ditanggapi, Lampu tanpa laporan (minimal 10)." in html
