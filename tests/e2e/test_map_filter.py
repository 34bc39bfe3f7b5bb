"""A filter changes map, list and address together, and no number of the old one stays."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.test_map_points import CLUSTER, PIN, counted
from tests.factories import ReportFactory


@pytest.fixture
def two_kinds(toy_site) -> None:
    """In Timur Selatan three potholes, far apart, and two heaps of garbage."""
    for category, places in (("pothole", (0.001, 0.005, 0.009)), ("garbage", (0.003, 0.007))):
        for place in places:
            ReportFactory(category_id=category, point=Point(10.01 + place, place, srid=4326))


def held_back(page: Page, pattern: str) -> list[Route]:
    """The requests that match, which wait until somebody lets them go."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile(pattern), hold)
    return waiting


def choose(page: Page, label: str) -> None:
    menu = page.locator('.chip-menu[data-name="kategori"]')
    menu.locator("summary").click()
    menu.get_by_label(label).click()


def test_map_list_and_address_follow_the_filter(open_browser, two_kinds):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    counted(page, 5)
    choose(page, "Sampah")
    counted(page, 2)
    expect(page.locator(f"{PIN}[aria-label^=Jalan]")).to_have_count(0)
    expect(page.locator("#judul-daftar")).to_contain_text("2 laporan")
    expect(page).to_have_url(re.compile("kategori=garbage"))
    expect(page.locator("#legenda")).to_contain_text("2 laporan di layar")


def test_all_questions_of_a_filter_leave_before_the_first_answer(open_browser, two_kinds):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    counted(page, 5)
    waiting = held_back(page, "kategori=garbage")
    with (
        page.expect_request(re.compile(r"ukuran\.json\?kategori=garbage")),
        page.expect_request(re.compile(r"kategori=garbage.*bagian=daftar")),
        page.expect_request(re.compile(r"\.mvt\?kategori=garbage")),
    ):
        choose(page, "Sampah")
    counted(page, 5)
    for route in waiting:
        route.continue_()
    page.unroute_all()
    counted(page, 2)


def test_an_answer_to_an_older_filter_is_never_shown(open_browser, two_kinds):
    page = open_browser(DESKTOP)
    page.goto("/?kelurahan=99.01.1001")
    counted(page, 5)
    late = held_back(page, "kategori=garbage(&|$)")
    choose(page, "Sampah")
    page.locator(".chip-menu").get_by_label("Sampah").click()
    page.locator(".chip-menu").get_by_label("Jalan berlubang").click()
    counted(page, 3)
    for route in late:
        route.abort()
    expect(page.locator("#judul-daftar")).to_contain_text("3 laporan")
    expect(page.locator(f"{CLUSTER}, {PIN}")).to_have_count(3)
