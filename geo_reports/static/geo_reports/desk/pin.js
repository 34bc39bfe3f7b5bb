// Where a report is, corrected by moving a pin: in the form that else takes the coordinates as numbers.

import { outline } from "./outline.js";
import { say } from "./texts.js";

const CLOSE = 17;
const STEP_PX = 4;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const DIGITS = 6; // about 10 cm

let waiting = null;

class Pin {
  #marker = null;

  constructor(map, form, boundaries) {
    this.map = map;
    this.lon = form.querySelector("[name=lon]");
    this.lat = form.querySelector("[name=lat]");
    map.scrollWheelZoom.disable();
    map.setView([0, 0], 2, { animate: false });
    map.on("click", (event) => this.#set(event.latlng));
    for (const field of [this.lon, this.lat]) field.addEventListener("change", () => this.#follow());
    this.#follow();
    outline(map, boundaries).then((box) => {
      if (box && !this.#marker) map.fitBounds(box, { animate: false });
    });
  }

  /** Put the pin in the middle of what the map shows: the way for keyboards. */
  toMiddle() {
    this.#set(this.map.getCenter());
    this.#marker.getElement().focus();
  }

  #follow() {
    const [lon, lat] = [Number.parseFloat(this.lon.value), Number.parseFloat(this.lat.value)];
    if (Number.isNaN(lon) || Number.isNaN(lat)) return;
    this.#show(L.latLng(lat, lon));
    this.map.setView([lat, lon], CLOSE, { animate: false });
  }

  #set(point) {
    this.#show(point);
    this.lon.value = point.lng.toFixed(DIGITS);
    this.lat.value = point.lat.toFixed(DIGITS);
  }

  #show(point) {
    if (this.#marker) {
      this.#marker.setLatLng(point);
      return;
    }
    const icon = L.divIcon({ className: "desk-pin", iconSize: [32, 44], iconAnchor: [16, 44] });
    this.#marker = L.marker(point, { icon, draggable: true, keyboard: true, title: say("pin"), alt: say("pin") });
    this.#marker.on("dragend", () => this.#set(this.#marker.getLatLng()));
    this.#marker.addTo(this.map);
    const element = this.#marker.getElement();
    element.setAttribute("aria-label", say("pin"));
    element.addEventListener("keydown", (event) => this.#nudge(event));
  }

  #nudge(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? STEP_PX * 8 : STEP_PX;
    const at = this.map.latLngToContainerPoint(this.#marker.getLatLng()).add([arrow[0] * step, arrow[1] * step]);
    this.#set(this.map.containerPointToLatLng(at));
    this.map.panInside(this.#marker.getLatLng(), { padding: [40, 40], animate: false });
  }
}

/** Give the form of correction inside `box` its map as soon as it is unfolded. */
export function offerPin(box, boundaries) {
  const offer = (fold) => {
    const form = fold.querySelector("form");
    if (!form || form.querySelector(".desk-pin-map")) return;
    const frame = document.createElement("div");
    frame.className = "desk-pin-map field";
    const map = document.createElement("div");
    map.id = "pin-map";
    map.setAttribute("aria-label", say("pinMap"));
    map.setAttribute("role", "region");
    const words = document.createElement("p");
    words.className = "hint";
    words.textContent = say("pinHint");
    const middle = document.createElement("button");
    middle.type = "button";
    middle.className = "button";
    middle.textContent = say("pinMiddle");
    frame.append(map, words, middle);
    form.querySelector("[name=lon]").closest(".field").before(frame);
    waiting = { form, boundaries, middle };
    window.dispatchEvent(new Event("desk:pin"));
  };
  box.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches('details[data-act="correct"]') && event.target.open) offer(event.target);
    },
    true,
  );
  for (const fold of box.querySelectorAll('details[data-act="correct"][open]')) offer(fold);
}

window.addEventListener("map:init", ({ detail }) => {
  if (detail.id !== "pin-map" || !waiting) return;
  const { form, boundaries, middle } = waiting;
  waiting = null;
  const pin = new Pin(detail.map, form, boundaries);
  middle.addEventListener("click", () => pin.toMiddle());
});
