"""A real browser against a live server on a real database. A missing browser fails, it is not skipped."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests import ready_made
from tests.factories import build_toy_city

# Playwright's synchronous API runs an event loop in this thread, where Django would refuse its ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 30_000  # for a machine with much else to do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium"), args=ARGUMENTS
        )
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        browser.close()


class UnderWay:
    """Counts the requests that threads of the live server have begun and not ended."""

    def __init__(self) -> None:
        self.number, self.changed = 0, threading.Condition()

    def begin(self, **_details: object) -> None:
        self._add(1)

    def end(self, **_details: object) -> None:
        self._add(-1)

    def _add(self, step: int) -> None:
        if threading.current_thread() is not threading.main_thread():
            with self.changed:
                self.number += step
                self.changed.notify_all()

    def wait(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.number == 0, PATIENCE_MS / 1000), "a request never ends"


@pytest.fixture
def under_way() -> Iterator[UnderWay]:
    requests = UnderWay()
    request_started.connect(requests.begin)
    request_finished.connect(requests.end)
    yield requests
    request_started.disconnect(requests.begin)
    request_finished.disconnect(requests.end)


@pytest.fixture
def open_browser(chromium: Browser, live_server, under_way: UnderWay) -> Iterator[Callable[..., Page]]:
    """`open_browser(viewport, **context options)` -> a page; at the end nothing may have gone wrong in it.

    Base map tiles are answered with a failure, as on a machine without internet.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        is_tile = settings.BASEMAP_ORIGIN in (message.location or {}).get("url", "")
        if message.type == "error" and not is_tile:
            troubles.append(f"{message.text} ({message.location})")

    def start(viewport: dict[str, int] = PHONE, **options: object) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=viewport, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        contexts.append(context)
        if settings.BASEMAP_ORIGIN:
            context.route(f"{settings.BASEMAP_ORIGIN}/**", lambda route: route.abort())
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    start.troubles = troubles  # type: ignore[attr-defined]
    yield start
    for context in contexts:
        context.close()
    under_way.wait()  # what a closed page had asked for must not reach the next test's rows
    assert troubles == [], "errors in the browser's console"


@pytest.fixture
def toy_site(transactional_db) -> None:
    build_toy_city()


@pytest.fixture
def real_city(transactional_db) -> None:
    """Kota Tangerang Selatan as `./script/server` loads it, without demo reports."""
    ready_made.once("real city", _build_real_city)


def _build_real_city() -> None:
    call_command("load_reference", verbosity=0)
    call_command("load_boundaries", verbosity=0)


@pytest.fixture
def at_desk(open_browser, live_server):
    """`at_desk(user, viewport)`: a page of somebody who is signed in."""

    def start(user, viewport=DESKTOP, **options) -> Page:
        client = Client()  # of its own: signing in anew would end the other's session
        client.force_login(user)
        page = open_browser(viewport, **options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return start


def sign_in(page: Page, username: str, password: str, goal: str) -> None:
    """Through the one door, on to `goal`."""
    page.goto(f"/petugas/masuk/?next={goal}")
    page.fill("#sign-in-login", username)
    page.fill("#sign-in-password", password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"**{goal}")
