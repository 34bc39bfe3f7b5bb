"""Names on the map of the real city: every kelurahan keeps its own, and none covers another."""

from tests.e2e.conftest import DESKTOP

OURS = ".map-label:not(.map-label--context)"
BOXES = f"""[...document.querySelectorAll("{OURS} .map-label__box")].map((box) => {{
  const {{ left, right, top, bottom }} = box.getBoundingClientRect();
  return {{ left, right, top, bottom, name: box.innerText }};
}})"""


def touching(boxes: list[dict]) -> list[tuple[str, str]]:
    return [
        (a["name"], b["name"])
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def test_every_kelurahan_of_a_crowded_kecamatan_keeps_its_name(real_city, open_browser):
    page = open_browser(DESKTOP)
    page.goto("/?kecamatan=36.74.01")
    page.wait_for_selector(f"{OURS} .map-label__box")
    page.wait_for_load_state("networkidle")

    assert page.locator(OURS).count() == 9
    assert page.locator(f"{OURS}:is(.is-short, .is-hidden)").all_inner_texts() == []
    assert touching(page.evaluate(BOXES)) == []
