"""The page that compares: its address, its words, and what it refuses to say."""

import csv
import io
from datetime import date

import pytest

from analytics.comparison import usual_periods
from analytics.timing import folding

PAGE = "/analitik/bandingkan/"
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


def test_two_skpd_that_differ_are_said_to(client, reports):
    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()

    assert "PU lebih cepat, lebih dari kebetulan (p\N{NO-BREAK SPACE}&lt;\N{NO-BREAK SPACE}0,001)." in html
    assert "Terlalu sedikit untuk dibandingkan: Lampu baru 0 peristiwa." in html


def test_the_difference_of_medians_has_an_interval(client, reports):
    row = table(client, "?apa=skpd&a=pu&b=lampu")["response", "Median (hari)"]

    assert (row["a"], row["b"], row["selisih"]) == ("0.62", "4.79", "-4.17")
    assert float(row["selisih_bawah_95"]) < -4.17 < float(row["selisih_atas_95"]) < 0


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
        ("?apa=periode&a_dari=2025-03-31&a_sampai=2025-03-01", "harus sebelum"),
    ],
)
def test_what_is_impossible_is_named_on_the_page_and_to_machines(client, office, query, sentence):
    response = client.get(PAGE + query)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert client.get(f"/analitik/bandingkan.csv{query}").status_code == 400


@pytest.mark.parametrize(("query", "questions"), [("?apa=skpd&a=pu&b=lampu", 10), (PERIODS, 10)])
def test_the_page_asks_a_handful_of_questions(client, reports, query, questions, django_assert_num_queries):
    folding.fold_all()

    with django_assert_num_queries(questions):
        client.get(PAGE + query)


def test_without_reports_it_says_that_there_are_too_few(client, office):
    html = client.get(PAGE + "?apa=skpd&a=pu&b=lampu").content.decode()

    assert "Terlalu sedikit untuk dibandingkan: PU baru 0 peristiwa." in html


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
    assert "Terlalu sedikit untuk dibandingkan: PU baru 1 peristiwa." in html
