"""Measures how soon a phone shows the map of a running server, with the profile of Lighthouse for mobiles."""

import argparse
import os
import statistics
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms for every answer; a processor four times slower.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
    "locale": "id-ID",
}
WAITED_MS = 60_000
ASKED_MS = 250  # more often would take time from the page
SETTLED_MS = 2_000  # the largest paint may follow
LARGEST = """
window.largestPaint = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.largestPaint = entry.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
READ = """() => ({
  "first paint": performance.getEntriesByName("first-contentful-paint")[0].startTime,
  "largest paint": window.largestPaint,
  "areas with their numbers": performance.getEntriesByName("map-drawn")[0].startTime,
})"""
IS_DRAWN = "performance.getEntriesByName('map-drawn').length"


def visit(browser: Browser, address: str) -> dict[str, float]:
    """One first visit, nothing cached: milliseconds from the start of the navigation."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(LARGEST)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="commit")
    wait_until_drawn(page)
    page.wait_for_timeout(SETTLED_MS)
    found: dict[str, float] = page.evaluate(READ)
    context.close()
    return found


def wait_until_drawn(page: Page) -> None:
    """Asked from outside: the page's policy allows no text to be evaluated in it."""
    for _turn in range(WAITED_MS // ASKED_MS):
        if page.evaluate(IS_DRAWN):
            return
        page.wait_for_timeout(ASKED_MS)
    raise SystemExit("script/phone: the map was not drawn within a minute.")


def main() -> None:
    """Visit some times and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--visits", type=int, default=5)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=ARGUMENTS)
        visit(browser, asked.address)  # the server wakes up
        seen = [visit(browser, asked.address) for _visit in range(asked.visits)]
        browser.close()
    for name in seen[0]:
        times = sorted(round(each[name]) for each in seen)
        print(f"{name}: median {statistics.median(times):.0f} ms of {times}")
    print(f"work waiting on {os.cpu_count()} cores: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
