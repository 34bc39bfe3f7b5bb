"""No violation of level A or AA in any state of the desk, and nothing wider than a phone."""

import pytest
from playwright.sync_api import Page, expect

from geo_reports import bulk
from geo_reports.models import Report
from geo_reports.workers import worker_of
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_accessibility import look, violations
from tests.factories import ReportFactory, make_leader, make_officer, make_verifier

LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")]
NAMES = ["light phone", "dark phone", "light desktop", "dark desktop"]
LONG = "Lampu penerangan jalan umum di sepanjang jalan lingkar padam seluruhnya sejak hujan deras pekan lalu " * 3


@pytest.fixture
def reports(toy_site) -> list[Report]:
    waiting = {"status": Status.WAITING, "visibility": "pending"}
    return [
        ReportFactory(code="KC-AAAAAA", text=LONG, **waiting),
        ReportFactory(code="KC-BBBBBB", kelurahan_id=None, text="Banjir di kecamatan Barat", **waiting),
        ReportFactory(code="KC-CCCCCC"),
    ]


def width_over(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS, ids=NAMES)
def test_pages_of_the_desk(reports, at_desk, settings, viewport, scheme):
    verifier = make_verifier()
    done = bulk.start(worker_of(verifier), bulk.VERBS["publish"], {}, [reports[0].pk])
    page = at_desk(verifier, viewport, color_scheme=scheme, bypass_csp=True)
    addresses = ["/petugas/?tampil=tanpa-lokasi", "/petugas/?tampil=keberatan", "/petugas/?q=zzz&kategori=garbage"]
    addresses += ["/petugas/KC-BBBBBB/", "/petugas/KC-AAAAAA/", f"/petugas/massal/{done.pk}/"]
    assert look(page, settings, addresses) == {}


@pytest.mark.parametrize("maker", [make_officer, make_leader])
def test_pages_of_the_others(reports, at_desk, settings, maker):
    page = at_desk(maker(), PHONE, bypass_csp=True)
    assert look(page, settings, ["/petugas/?tampil=semua", "/petugas/KC-CCCCCC/"]) == {}


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS, ids=NAMES)
def test_every_form_of_a_case_unfolded(reports, at_desk, settings, viewport, scheme):
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    page = at_desk(make_verifier(), viewport, color_scheme=scheme, bypass_csp=True)
    page.goto("/petugas/KC-AAAAAA/")
    for fold in page.locator("details.act").all():
        fold.evaluate("fold => { fold.removeAttribute('name'); fold.open = true; }")
    assert violations(page, axe) == []
    assert width_over(page) == 0


def test_panel_map_help_and_the_bar_for_many(reports, at_desk, settings):
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    page = at_desk(make_verifier(), DESKTOP, bypass_csp=True)
    page.goto("/petugas/?tampil=terbuka")
    for key in ("m", "j", "x", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".desk-panel #case-title")).to_be_visible()
    page.locator("summary", has_text="Saring").click()
    assert violations(page, axe) == []
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    assert violations(page, axe) == []


def test_the_summary_of_an_act_on_many(reports, at_desk, settings):
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    page = at_desk(make_verifier(), PHONE, bypass_csp=True)
    page.goto("/petugas/?tampil=terbuka")
    page.get_by_label("Pilih KC-AAAAAA").check()
    page.locator("[data-bulk]").get_by_role("button", name="Serahkan").click()
    expect(page.get_by_role("heading", name="Serahkan")).to_be_visible()
    assert violations(page, axe) == []
    assert width_over(page) == 0
