"""WCAG 2.2 AA on every page by axe, and pages that stay inside a phone's screen."""

import json

import pytest

from geo_reports.models import PersonalDataLook, Question, Reply
from geo_reports.workflow import Status
from tests.e2e.conftest import DESKTOP, PHONE
from tests.factories import NOON, ReportFactory, UserFactory

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SECRET = "6b1c5a3e-1f2d-4c3b-9a8e-123456789abc"
OTHER_SECRET = "0d9f6a7e-5b4c-4d3e-8f2a-abcdef123456"
PUBLIC = [
    "/",
    "/?kecamatan=99.01",
    "/?kelurahan=99.01.1001",
    "/?kategori=social",
    "/?kategori=naga",
    "/lapor/",
    "/laporan/",
    "/laporan/?q=tidak-ada-yang-begini",
    "/laporan/KC-AAAAAA/",
    "/laporan/KC-BBBBBB/",
    "/laporan/KC-ZZZZZZ/",
    "/kecamatan/99.01/",
    "/kecamatan/99.02/?dari=2020-01-01&kategori=pothole",
    "/kelurahan/99.01.1001/",
    "/skpd/roads/",
    "/analitik/",
    "/analitik/skpd/roads/",
    "/analitik/titik-rawan/",
    "/petugas/masuk/",
    "/privasi/",
    "/data-saya/",
    "/data-saya/sudah-lama/",
    f"/laporan/KC-AAAAAA/?kunci={SECRET}",
    f"/laporan/KC-AAAAAA/data/?kunci={SECRET}",
    f"/laporan/KC-AAAAAA/data/hapus/?kunci={SECRET}",
    f"/laporan/KC-CCCCCC/?kunci={OTHER_SECRET}",
    f"/laporan/KC-CCCCCC/belum-beres/?kunci={OTHER_SECRET}",
    "/laporan/KC-CCCCCC/",
    "/laporan/KC-CCCCCC/buka-kembali/",
]
DESK = [
    "/petugas/KC-AAAAAA/pelapor/",
    "/petugas/KC-AAAAAA/uraian-asli/",
    "/petugas/catatan-akses/",
    "/petugas/",
    "/petugas/?tampil=semua",
    "/petugas/KC-AAAAAA/",
    "/petugas/templat/",
    "/petugas/templat/baru/",
    "/petugas/aturan/",
]


@pytest.fixture
def lively_site(toy_site) -> None:
    report = ReportFactory(
        code="KC-AAAAAA",
        secret=SECRET,
        status=Status.ANSWERED,
        reporter_name="Siti",
        original_text="Lubang besar milik Pak X",
        assigned__responded_at=NOON,
    )
    Question.objects.create(report=report, text="Di mana?", role="officer", at=NOON, answer="Di sini", closed_at=NOON)
    PersonalDataLook.objects.create(report=report, username="andi", role="verifier", what="identity", at=NOON)
    Reply.objects.create(report=report, agency_id="roads", text="Kami perbaiki pekan ini.", at=NOON)
    ReportFactory(code="KC-BBBBBB", visibility="pending", status=Status.WAITING, kelurahan_id="99.02.1001")
    ReportFactory(code="KC-CCCCCC", status=Status.DONE, secret=OTHER_SECRET)
    ReportFactory.create_batch(3, status=Status.DONE, assigned__responded_at=NOON, assigned__completed_at=NOON)


def violations(page, axe: str) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    trial = f"axe.run({{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})"
    found = page.evaluate(f"{trial}.then((result) => result.violations)")  # not all that it passed
    return [
        f"{problem['id']} ({problem['impact']}): {node['html'][:160]} {node['failureSummary'][:300]}"
        for problem in found
        for node in problem["nodes"]
    ]


def look(page, settings, addresses: list[str]) -> dict[str, list[str]]:
    axe = (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()
    problems = {}
    for address in addresses:
        page.goto(address)
        found = violations(page, axe)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            found.append(f"{overflow} pixels wider than the screen")
        if found:
            problems[address] = found
    return problems


def expected_statuses(troubles: list[str]) -> None:
    """A 400 and a 404 are what two of these addresses are for; the browser notes them as errors."""
    troubles[:] = [trouble for trouble in troubles if "status of 40" not in trouble]


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light phone", "dark desktop"]
)
def test_public_pages_have_no_violation_and_fit_the_screen(lively_site, open_browser, settings, viewport, scheme):
    page = open_browser(viewport, color_scheme=scheme, bypass_csp=True)
    problems = look(page, settings, PUBLIC)
    expected_statuses(open_browser.troubles)
    assert problems == {}


def test_the_desk_has_no_violation(lively_site, open_browser, settings, client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    page = open_browser(DESKTOP, bypass_csp=True)
    page.goto("/petugas/masuk/")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url.split("/petugas")[0]}]
    )
    assert look(page, settings, DESK) == {}
