// The map beside the list: the reports of this page, each with its number in the list and the shape of its status.

import { outline } from "./outline.js";
import { read, write } from "./store.js";
import { say } from "./texts.js";

const SHOWN = "desk.map";

export class ListMap {
  #map = null;
  #markers = new Map();
  #box = null;

  /** `opened(row)` is called when a marker is pressed. */
  constructor(frame, list, { opened, arranged }) {
    this.frame = frame;
    this.list = list;
    this.opened = opened;
    this.arranged = arranged;
    list.onCurrent((row) => this.#highlight(row.dataset.code));
    window.addEventListener("map:init", ({ detail }) => {
      if (detail.id === "desk-map") this.#fill(detail.map);
    });
  }

  get isShown() {
    return !this.frame.hidden;
  }

  get wasShown() {
    return read(localStorage, SHOWN, false);
  }

  toggle(shown = !this.isShown) {
    write(localStorage, SHOWN, shown);
    this.frame.hidden = !shown;
    this.arranged();
    if (!shown) return;
    if (!this.#map) window.dispatchEvent(new Event("desk:map"));
    else this.refresh();
  }

  /** The rows changed: draw them again. */
  refresh() {
    if (!this.#map || !this.isShown) return;
    this.#map.invalidateSize();
    this.#draw();
  }

  async #fill(map) {
    this.#map = map;
    map.scrollWheelZoom.disable();
    map.setView([0, 0], 2, { animate: false });
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (this.list.current) this.#highlight(this.list.current.dataset.code);
    }).observe(map.getContainer());
    const drawn = outline(map, this.frame.dataset.boundaries);
    const points = this.#draw();
    if (points.length) this.#fit(L.latLngBounds(points));
    this.#box = await drawn;
    if (!points.length && this.#box) this.#fit(this.#box);
  }

  #fit(box) {
    this.#map.fitBounds(box, { padding: [28, 28], maxZoom: 16, animate: false });
  }

  #draw() {
    for (const marker of this.#markers.values()) marker.remove();
    this.#markers.clear();
    const points = [];
    this.list.rows.forEach((row, index) => {
      if (!row.dataset.lat) return;
      const point = [Number(row.dataset.lat), Number(row.dataset.lon)];
      points.push(point);
      this.#markers.set(row.dataset.code, this.#marker(row, index + 1, point).addTo(this.#map));
    });
    this.frame.querySelector("[data-map-says]").textContent = say("markers", {
      n: points.length,
      total: this.list.rows.length,
    });
    if (this.list.current) this.#highlight(this.list.current.dataset.code);
    return points;
  }

  #marker(row, number, point) {
    const face = document.createElement("span");
    face.className = `desk-marker status--${row.dataset.status}`;
    const shape = row.querySelector(".desk-row__status .icon");
    if (shape) face.append(shape.cloneNode(true));
    face.append(String(number));
    const name = `${number}. ${this.list.link(row).textContent.trim()}`;
    const icon = L.divIcon({ html: face, className: "desk-marker-box", iconSize: [44, 28], iconAnchor: [22, 14] });
    const marker = L.marker(point, { icon, title: name, alt: name, keyboard: true });
    const open = () => {
      const now = this.list.row(row.dataset.code);
      if (now) this.opened(now);
    };
    marker.on("click", open);
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter") open();
    });
    marker.on("add", () => {
      marker.getElement().setAttribute("aria-label", name);
      marker.getElement().addEventListener("focus", () => this.list.mark(this.list.row(row.dataset.code) ?? row));
    });
    return marker;
  }

  #highlight(code) {
    for (const [each, marker] of this.#markers) {
      const isCurrent = each === code;
      marker.getElement()?.classList.toggle("is-current", isCurrent);
      marker.setZIndexOffset(isCurrent ? 1000 : 0);
    }
    const marker = this.#markers.get(code);
    if (marker && this.isShown) this.#map.panInside(marker.getLatLng(), { padding: [40, 40], animate: false });
  }
}
