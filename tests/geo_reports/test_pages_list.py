"""The list of reports and its feed: filters, pages, search, and what they cost."""

import xml.etree.ElementTree as ET
from datetime import timedelta

from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.citizens import SECRET_WORDS, add_photo, make, page
from tests.factories import NOON, ReportFactory

# --- The list


def codes_on(response) -> list[str]:
    return [report.code for report in response.context["reports"]]


def test_the_list_says_how_many_and_how_many_have_no_place(client, toy_city):
    ReportFactory.create_batch(2)
    ReportFactory(kelurahan_id=None)
    ReportFactory(visibility="withheld")
    html = client.get("/laporan/").content.decode()
    assert "3 laporan" in html
    assert "1 tanpa lokasi" in html


def test_the_list_filters_and_keeps_the_filter_in_every_link(client, toy_city):
    mine = ReportFactory(kelurahan_id="99.02.1001", status=Status.DONE)
    ReportFactory()
    response = client.get("/laporan/", {"kecamatan": "99.02", "status": "closed"})
    assert codes_on(response) == [mine.code]
    html = response.content.decode()
    assert html.count("status=closed&amp;kecamatan=99.02") >= 3
    assert [part.query for part in response.context["active"]] == ["kecamatan=99.02", "status=closed"]


def test_several_values_of_a_filter_survive_the_form(client, toy_city):
    html = client.get("/laporan/", {"kategori": "pothole,garbage"}).content.decode()
    assert '<option value="pothole,garbage" selected>2 dipilih</option>' in html


def test_a_wrong_filter_is_explained_above_the_unfiltered_list(client, toy_city):
    ReportFactory()
    response = client.get("/laporan/", {"status": "gone"})
    assert response.status_code == 400
    assert "tidak dikenal" in response.content.decode()
    assert len(codes_on(response)) == 1


def test_search_does_not_find_words_that_nobody_may_read(client, toy_city):
    make(visibility="pending")
    assert codes_on(client.get("/laporan/", {"q": "Joko"})) == []


def test_paging_shows_every_report_once_also_those_of_one_moment(client, toy_city):
    for n in range(50):
        ReportFactory(submitted_at=NOON + timedelta(minutes=n // 15))
    seen, query = [], ""
    for _page in range(4):
        response = client.get(f"/laporan/?{query}")
        seen += codes_on(response)
        query = response.context["next_query"]
        if not query:
            break
    newest_first = Report.objects.order_by("-submitted_at", "-pk").values_list("code", flat=True)
    assert seen == list(newest_first)


def test_a_page_after_an_unknown_report_is_the_first_page(client, toy_city):
    ReportFactory()
    assert len(codes_on(client.get("/laporan/", {"setelah": "KC-ZZZZZZ"}))) == 1
    assert len(codes_on(client.get("/laporan/?setelah=%00"))) == 1


def test_the_list_costs_the_same_for_one_and_for_many(client, toy_city, django_assert_num_queries):
    # city, demo, rows, photos, totals, choices of four selects
    add_photo(ReportFactory())
    with django_assert_num_queries(9):
        client.get("/laporan/")
    for report in ReportFactory.create_batch(25):
        add_photo(report)
    with django_assert_num_queries(9):
        client.get("/laporan/")


def test_an_empty_list_invites_and_an_empty_result_leads_back(client, toy_city):
    assert "Jadilah yang pertama" in client.get("/laporan/").content.decode()
    assert "Tidak ada laporan yang cocok" in client.get("/laporan/", {"q": "naga"}).content.decode()


def test_script_in_a_report_stays_text(client, toy_city):
    report = ReportFactory(text="<script>alert(1)</script> lubang", address="<img src=x onerror=alert(1)>")
    for html in (client.get("/laporan/").content.decode(), page(client, report)[1]):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


# --- The feed


def feed_items(response) -> list[ET.Element]:
    return ET.fromstring(response.content).findall("./channel/item")  # noqa: S314  (our own output)


def test_the_feed_follows_the_filters_and_hides_what_the_list_hides(client, toy_city):
    shown = ReportFactory(text="Lubang di tikungan")
    ReportFactory(category_id="garbage")
    pending = make(visibility="pending", submitted_at=NOON - timedelta(days=1))
    make(visibility="withheld")
    items = feed_items(client.get("/laporan/rss/", {"kategori": "pothole"}))
    assert [item.findtext("guid") for item in items] == [shown.code, pending.code]
    assert items[0].findtext("description") == "Lubang di tikungan"
    assert SECRET_WORDS not in (items[1].findtext("description") or "")


def test_the_feed_is_valid_xml_whatever_people_paste(client, toy_city):
    ReportFactory(text="bel\x07 & <b> ]]> \ufffe 🕳️")
    (item,) = feed_items(client.get("/laporan/rss/"))
    assert "bel & <b> ]]>" in (item.findtext("description") or "")


def test_the_feed_answers_a_wrong_filter_with_a_sentence(client, toy_city):
    response = client.get("/laporan/rss/", {"skpd": "gone"})
    assert response.status_code == 400
    assert response.headers["Content-Type"].startswith("text/plain")


def test_the_feed_costs_three_queries(client, toy_city, django_assert_num_queries):
    ReportFactory.create_batch(5)
    with django_assert_num_queries(3):
        client.get("/laporan/rss/")
