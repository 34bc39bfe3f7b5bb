// The drawing tool for masks: keeps the regions, and writes them into the form. Without it numbers can be typed.

import { RegionList } from "./list.js";
import { moved } from "./rectangles.js";
import { Stage } from "./stage.js";
import { place, say, settings } from "./texts.js";

const ADDED = { x: 0.4, y: 0.44, width: 0.2, height: 0.12 };
const $ = (id) => document.getElementById(id);
const form = $("mask-form");
const field = form.elements.masks;
let regions = [];
let selected = null;
let kind = "blur"; // of the next region: as the last one
let count = 0;
let isChanged = false;

for (const part of document.querySelectorAll("[data-plain]")) part.remove();
for (const part of document.querySelectorAll("[data-enhanced]")) part.hidden = false;

const tell = (sentence) => ($("mask-said").textContent = sentence);
const rounded = (_key, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value);
const number = (region) => regions.indexOf(region) + 1;

function refresh() {
  stage.show(regions, selected);
  list.show(regions, selected);
  $("mask-none").hidden = regions.length > 0;
  field.value = JSON.stringify(regions.map(({ id, ...mask }) => mask), rounded);
}

function add(rectangle) {
  if (regions.length >= settings.maxMasks) {
    tell(say("full", { max: settings.maxMasks }));
    return null;
  }
  selected = { ...rectangle, kind, id: ++count };
  regions.push(selected);
  isChanged = true;
  refresh();
  return selected;
}

function select(region) {
  if (selected === region) return;
  selected = region;
  refresh();
}

function change(region, values) {
  Object.assign(region, values);
  isChanged = true;
  refresh();
  tell(`${say("region", { n: number(region) })}: ${place(region)}`);
}

function recover(region, wanted) {
  kind = wanted;
  change(region, { kind });
}

function discard(region) {
  regions.splice(regions.indexOf(region), 1);
  selected = null;
  isChanged = true;
  refresh();
}

function remove(region) {
  const index = regions.indexOf(region);
  discard(region);
  tell(say("removed", { n: index + 1 }));
  const next = regions[Math.min(index, regions.length - 1)];
  if (next) stage.focus(next);
  else $("mask-add").focus();
}

const stage = new Stage($("mask-stage"), { draw: add, selected: () => selected, select, change, remove, discard });
const list = new RegionList($("mask-list"), { select, recover, remove });

$("mask-add").addEventListener("click", () => {
  // Several added in a row do not hide each other.
  const region = add(moved(ADDED, 0.02 * (count % 8), 0.02 * (count % 8)));
  if (region) stage.focus(region);
});
form.addEventListener("submit", () => (isChanged = false));
addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});

try {
  regions = JSON.parse(field.value || "[]").map((mask) => ({ ...mask, id: ++count }));
} catch {
  regions = []; // what came back with an error could not be read; the page says so
}
refresh();
