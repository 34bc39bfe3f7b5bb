// Changing a report: the pin moves only when people move it. Without this script a kelurahan can be chosen.

import { PinMap } from "./report-form/pin-map.js";
import { settings } from "./report-form/texts.js";

const form = document.getElementById("amend-form");
const field = form.elements;
const where = document.getElementById("where-place");
const fold = document.getElementById("move");
let pinMap = null;

for (const part of form.querySelectorAll("[data-enhanced]")) part.hidden = false;
for (const part of form.querySelectorAll("[data-plain]")) part.remove();

function setPoint({ lon, lat, note }) {
  const isPoint = lon !== undefined;
  document.getElementById("pin-map").classList.toggle("is-set", isPoint);
  field.lon.value = isPoint ? lon.toFixed(6) : "";
  field.lat.value = isPoint ? lat.toFixed(6) : "";
  if (isPoint) field.kelurahan.value = "";
  where.textContent = note;
}

// The map measures itself when it is first seen.
function open() {
  if (!fold.open || !pinMap) return;
  pinMap.map.invalidateSize({ pan: false });
  if (pinMap.isShown) return;
  pinMap.isShown = true;
  if (field.lon.value) pinMap.show({ lon: Number(field.lon.value), lat: Number(field.lat.value) }, "draft");
  else if (settings.at) pinMap.lookAt({ lon: settings.at[0], lat: settings.at[1] });
}

window.addEventListener("map:init", ({ detail }) => {
  pinMap = new PinMap(detail.map, { moved: setPoint, boundaries: form.dataset.boundaries });
  open();
});
fold.addEventListener("toggle", open);
field.kelurahan.addEventListener("change", () => {
  if (field.kelurahan.value) setPoint({ note: "" });
});

const summary = document.getElementById("error-summary");
if (!summary.hidden) summary.focus();
