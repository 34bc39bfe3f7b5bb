"""The page of one SKPD: what it says first, who sees what, and that every table is the file beside it."""

import csv
import io
import json
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from analytics.timing import folding
from geo_reports.models import Assignment, Membership
from geo_reports.workflow import Role
from tests.factories import UserFactory


@pytest.fixture
def reports(add):
    """PU: thirty answered in 1 to 30 days and settled a day later, two handed over to Lampu, one that is overdue."""
    for day in range(1, 31):
        add({"agency": "pu", "responded": day * 24, "completed": day * 24 + 24}, status="done", closed=day * 24 + 24)
    for _ in range(2):
        add({"agency": "pu", "ended": 48}, {"agency": "lampu", "started": 48})
    add({"agency": "pu"}, area="2", due_on="2025-03-10", code="T-LATE")
    Assignment.objects.filter(report__code="T-LATE").update(due_on="2025-03-10")


def words(response) -> str:
    """The text of a page, tags and data away, spaces collapsed."""
    without_data = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without_data).split())


def page(client, query: str = "", slug: str = "pu"):
    response = client.get(reverse("analytics:agency", args=[slug]) + query)
    assert response.status_code == 200
    return response


def sheet(client, name: str, query: str = "") -> list[list[str]]:
    response = client.get(reverse("analytics:agency_csv", args=["pu", name]) + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_the_page_says_first_how_long_half_wait_and_what_is_left(client, reports):
    text = words(page(client))

    assert "mendapat tanggapan pertama dalam 16 hari dan diselesaikan dalam 17 hari . 1 masih ditangani," in text
    assert "1 di antaranya lewat tenggat." in text


@pytest.mark.usefixtures("half_a_year_later")
def test_the_page_says_how_many_have_waited_for_half_a_year(client, reports):
    """The one that is overdue has waited since March 2025."""
    context = page(client).context

    assert (context["oldest"].count, context["oldest"].n) == (1, 1)
    assert "1 sudah menunggu 180 hari atau lebih." in words(page(client))


def test_what_came_left_and_stayed_adds_up(client, reports):
    context = page(client).context

    assert context["totals"] == {"came": 33, "left": 32, "backlog": 1}
    assert context["totals"]["backlog"] == context["found"].ageing["n"].sum()


def test_working_days_are_a_link_away_and_stay_in_the_filter(client, reports):
    response = page(client, "?hari=kerja&kategori=jalan")

    assert "hari kerja" in words(response)
    assert set(response.context["clocks"]) == {"response", "completion"}
    assert '<input type="hidden" name="hari" value="kerja">' in response.content.decode()
    assert response.context["found"].ageing["n"].sum() == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("arus", ["2025-03", "33", "29", "4"]),
        ("alihan", ["PU", "Lampu", "2"]),
        ("kategori", ["Jalan", "33", "16.00"]),
        ("kecamatan", ["Kec 1", "32", "16.00"]),
        ("bulan-penyelesaian", ["2025-03", "33", "17.00"]),
        ("waktu", ["Tanggapan pertama", "16.00"]),
    ],
)
def test_each_table_is_a_file(client, reports, name, expected):
    rows = sheet(client, name)
    assert any(row[: len(expected)] == expected for row in rows), rows


def test_the_tables_of_the_page_are_the_files_beside_them(client, reports):
    context = page(client, "?kecamatan=77.01").context
    shown = [(panel.sheet, panel.csv) for panel in context["panels"]]

    for sheet_, address in [*shown, (context["handovers"], context["addresses"]["alihan"])]:
        rows = list(csv.reader(io.StringIO(client.get(address).content.decode())))
        assert list(sheet_.written) == rows
        assert len(sheet_.shown) == len(rows) - 1
        assert "kecamatan=77.01" in address


def test_categories_and_kecamatan_take_turns(client, reports):
    assert [label for label, _group in page(client).context["grouping"].rows] == ["Jalan"]
    assert [label for label, _group in page(client, "?per=kecamatan").context["grouping"].rows] == ["Kec 1", "Kec 2"]


def test_ends_and_open_reports_add_up_to_all(client, reports):
    _head, *rows = sheet(client, "akhir")

    for row in rows:
        assert sum(float(share) for share in (*row[1:13:3], row[13])) == pytest.approx(1, abs=0.001)


def test_a_filter_leaves_less_and_other_parts_of_the_address_change_nothing(client, reports):
    assert page(client, "?kecamatan=77.02").context["totals"]["came"] == 1
    assert page(client, "?skpd=lampu&status=done&q=lubang").context["totals"]["came"] == 33


def test_a_filter_that_is_taken_away_takes_nothing_else_along(client, reports):
    [chip] = page(client, "?kecamatan=77.02&hari=kerja&per=kecamatan").context["active"]

    assert chip.query == "hari=kerja&per=kecamatan"


def test_the_public_sees_how_many_are_overdue_and_not_which(client, reports):
    response = page(client)

    assert response.context["found"].overdue == 1
    assert page(client, "?hari=kerja").context["found"].overdue == 1
    assert "T-LATE" not in response.content.decode()
    assert "Cookie" in response["Vary"]


def test_only_what_is_worked_on_can_be_overdue(client, reports, add):
    """What waits for the verification has a due date too, and nobody works on it yet."""
    add({"agency": "pu"}, forwarded=None, status="waiting", due_on="2025-03-10")
    add({"agency": "pu", "completed": 24}, status="done", closed=24)
    Assignment.objects.update(due_on="2025-03-10")
    context = page(client).context

    assert (context["found"].overdue, context["totals"]["backlog"]) == (1, 1)


@pytest.mark.parametrize(
    ("group", "agency", "sees"),
    [(Role.VERIFIER, None, True), (None, "pu", True), (None, "lampu", False), (None, None, False)],
    ids=["verifier", "officer", "officer of another SKPD", "citizen"],
)
def test_the_overdue_list_is_for_those_who_may_open_it(client, reports, group, agency, sees):
    user = UserFactory()
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    if agency:
        Membership.objects.create(user=user, agency_id=agency)
    client.force_login(user)

    response = page(client)
    assert ("T-LATE" in response.content.decode()) == sees
    assert response["Cache-Control"] == "private, no-store"


def test_an_skpd_without_reports_says_so(client, office):
    assert "Belum ada laporan yang sampai ke Lampu" in words(page(client, slug="lampu"))


def test_a_single_waiting_report_is_too_few_for_everything(client, add):
    add({"agency": "pu"})
    text = words(page(client))

    assert "Baru 0 laporan mendapat tanggapan: terlalu sedikit untuk menyebut lamanya." in text
    assert "1 masih ditangani, tidak ada yang lewat tenggat." in text
    assert set(json.loads(page(client).context["drawings"])) == {"flow", "ageing"}
    assert "Apa yang terjadi dengan laporan : terlalu sedikit untuk digambar." in text
    assert page(client).content.decode().count("data-figure=") == 2


def test_nothing_answered_among_many_is_too_few_and_no_error(client, add):
    for _ in range(30):
        add({"agency": "pu"})

    assert "Terlalu sedikit: 0 dari 30, perlu 10." in words(page(client))
    assert sheet(client, "akhir")[1:] == []


def test_a_filter_that_leaves_nothing_can_be_taken_away(client, reports):
    text = words(page(client, "?dari=2026-01-01"))

    assert "Tidak ada laporan yang cocok dengan saringan ini." in text


def test_an_impossible_filter_is_named(client, reports):
    response = client.get("/analitik/skpd/pu/?kategori=naga")

    assert response.status_code == 400
    assert "naga" in words(response)
    assert "yang tampil adalah semua laporan SKPD ini" in words(response)
    assert client.get("/analitik/skpd/pu/arus.csv?kategori=naga").status_code == 400


@pytest.mark.parametrize(
    "address", ["/analitik/skpd/naga/", "/analitik/skpd/pu/naga.csv", "/analitik/skpd/naga/arus.csv"]
)
def test_what_does_not_exist_is_not_found(client, office, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("query", "questions"), [("", 14), ("?hari=kerja", 15), ("?per=kecamatan", 14)])
def test_the_page_asks_a_handful_of_questions(client, reports, django_assert_num_queries, query, questions):
    folding.fold_all()
    with django_assert_num_queries(questions):
        page(client, query)


def test_the_page_leads_to_its_paper_its_open_file_its_comparisons_and_back(client, reports):
    html = page(client, "?kecamatan=77.01&dari=2025-01-01").content.decode()

    assert '<input type="hidden" name="skpd" value="pu">' in html
    for address in (
        "/analitik/penugasan.csv?skpd=pu&amp;kecamatan=77.01&amp;dari=2025-01-01",
        "/analitik/bandingkan/?skpd=pu&amp;kecamatan=77.01&amp;apa=periode",
        "/analitik/bandingkan/?kecamatan=77.01&amp;dari=2025-01-01&amp;apa=skpd&amp;a=pu",
    ):
        assert f'href="{address}"' in html
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert 'href="/analitik/?kecamatan=77.01&amp;dari=2025-01-01#tabel"' in html


def test_figures_are_data_and_nothing_is_inline(client, reports):
    response = page(client)
    html = response.content.decode()

    drawn = json.loads(response.context["drawings"])
    assert set(drawn) == {"curves", "ends", "response", "completion", "flow", "ageing"}
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert html.count("<script") == html.count('type="application/json"') + html.count(" src=")
