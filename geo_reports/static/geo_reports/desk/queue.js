// The queue: rows, the panel beside them, the keyboard. Without this script every row is a link to its own page.

import "./templates.js";
import "./words.js";
import { startChoosing } from "./choosing.js";
import { listen } from "./keys.js";
import { List } from "./list.js";
import { ListMap } from "./map.js";
import { Panel } from "./panel.js";
import { offerPin } from "./pin.js";
import { watch } from "./pulse.js";
import { remember } from "./returning.js";

const wide = window.matchMedia("(min-width: 64rem)");
const OPEN = "buka";
const page = document.querySelector("[data-queue]");
const side = page.querySelector(".desk-side");
const list = new List(page.querySelector(".desk-list"));
const panel = new Panel(page.querySelector("[data-panel]"));

function address(code) {
  const url = new URL(location.href);
  if (code) url.searchParams.set(OPEN, code);
  else url.searchParams.delete(OPEN);
  return url;
}

function arrange() {
  side.hidden = [...side.children].every((part) => part.hidden);
  page.classList.toggle("has-side", !side.hidden);
}

/** Open a row beside the list; `history` is "push", "replace" or "none". */
function open(row, { history: step = "push", focus = true } = {}) {
  const code = row.dataset.code;
  const url = list.link(row).href;
  list.mark(row);
  if (!wide.matches) {
    location.assign(url);
    return Promise.resolve(false);
  }
  list.showOpen(code);
  const isFirst = !panel.isOpen;
  const shown = panel.show(code, url, { focus });
  arrange();
  if (step === "push" && isFirst) history.pushState({ code }, "", address(code));
  else if (step !== "none") history.replaceState({ code }, "", address(code));
  return shown;
}

function close({ step = "push" } = {}) {
  if (!panel.isOpen) return;
  const row = list.row(panel.code);
  panel.close();
  list.showOpen("");
  arrange();
  if (step === "push") history.pushState(null, "", address(""));
  if (row) list.focus(row);
}

function follow() {
  const code = new URL(location.href).searchParams.get(OPEN);
  const row = code && list.row(code);
  if (row) open(row, { history: "none", focus: false });
  else close({ step: "none" });
}

async function refreshTabs() {
  try {
    const response = await fetch(address(""), { headers: { "X-Desk-Part": "tabs" }, cache: "no-store" });
    const html = await response.text();
    const fresh = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-tabs] a")];
    // The links stay: one that is taken away while somebody presses it leads nowhere.
    for (const link of page.querySelectorAll("[data-tabs] a")) {
      const twin = fresh.find((each) => each.getAttribute("href") === link.getAttribute("href"));
      if (!twin) continue;
      link.className = twin.className;
      link.replaceChildren(...twin.childNodes);
    }
  } catch {
    // The counts are a help; the next page has them.
  }
}

page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (!wide.matches) return;
  event.preventDefault();
  open(link.closest(".desk-row"));
});
page.querySelector("[data-panel-close]").addEventListener("click", () => close());
panel.addEventListener("case", ({ detail }) => {
  if (detail.row) list.replace(detail.code, document.adoptNode(detail.row));
  if (detail.isGone) list.gone(detail.code);
  else list.showOpen(detail.code);
});
panel.addEventListener("done", () => {
  map.refresh();
  refreshTabs();
});
page.querySelector(".desk-list").addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-quick]") || !wide.matches) return;
  event.preventDefault();
  const row = form.closest(".desk-row");
  open(row, { focus: false }).then((isShown) => isShown && panel.send(form));
});
window.addEventListener("popstate", follow);

function step(by) {
  const row = list.move(by);
  if (row && panel.isOpen && row.dataset.code !== panel.code) open(row, { history: "replace", focus: false });
}

/** The act of the current report: opened if need be, with the focus in its form or on its button. */
async function act(slug) {
  const row = list.current ?? list.move(0);
  if (!row) return null;
  if (panel.code !== row.dataset.code && !(await open(row, { focus: false }))) return null;
  const found = panel.act(slug);
  if (!found) {
    panel.title?.focus();
    return null;
  }
  if (found.tagName === "DETAILS") found.open = true;
  found.scrollIntoView({ block: "nearest" });
  const field = found.querySelector("textarea, select, input:not([type=hidden])");
  (field ?? found.querySelector("button")).focus();
  return found;
}

/** Publishing takes two: the report has to be in sight before the key sends. */
async function publish() {
  const wasShown = panel.isOpen && panel.code === list.current?.dataset.code;
  const form = await act("publish");
  if (wasShown && form?.tagName === "FORM") form.requestSubmit();
}

const toggle = page.querySelector("[data-toggle-map]");
const map = new ListMap(page.querySelector("[data-map]"), list, {
  opened: (row) => open(row),
  arranged: () => {
    arrange();
    page.classList.toggle("has-map", map.isShown);
    toggle.setAttribute("aria-pressed", String(map.isShown));
  },
});
toggle.hidden = false;
toggle.addEventListener("click", () => map.toggle());

const current = (what) => () => list.current && what(list.current);
listen(
  {
    j: () => step(1),
    k: () => step(-1),
    o: current((row) => open(row)),
    x: current((row) => list.choose(row)),
    a: () => act("handler"),
    r: () => act("answer"),
    p: publish,
    m: () => toggle.click(),
    "/": () => page.querySelector("#q").focus(),
  },
  () => close(),
);
watch(panel.box);
offerPin(panel.box, panel.box.dataset.boundaries);
startChoosing(list);
page.querySelector("[data-tabs] [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
remember(list);
follow();
if (wide.matches && map.wasShown) map.toggle(true);
