// The map under the fixed pin: people move the map, the point is its middle. Also by arrow keys.

import { say, settings } from "./texts.js";

const CLOSE_ENOUGH = 15; // zoom from which single streets can be told apart
const CLOSE = 17;
const STEP_PX = 24;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class PinMap {
  #circle = null;
  #source = "";
  #quiet = 0;
  #areas = null;

  /** `moved` gets {lon, lat, accuracyM, note}, or {note} while the map is too far away to mean a point. */
  constructor(map, { moved, boundaries }) {
    this.map = map;
    this.moved = moved;
    this.#frame();
    this.#keys();
    map.on("dragstart zoomstart", () => {
      if (!this.#quiet) this.#source = "map";
    });
    map.on("click", (event) => {
      this.#source = "map";
      map.setView(event.latlng, Math.max(map.getZoom(), CLOSE));
    });
    map.on("moveend", () => this.#tell());
    this.#outline(boundaries);
  }

  /** Move the pin to a point; `source` is "photo", "phone" or "draft". */
  show({ lon, lat, accuracyM = null }, source) {
    this.#source = source;
    this.#accuracy(lon, lat, accuracyM);
    this.#silently(() => this.map.setView([lat, lon], CLOSE, { animate: false }));
    this.#tell(accuracyM);
  }

  /** Look at a point without putting the pin there. */
  lookAt({ lon, lat }) {
    this.#silently(() => this.map.setView([lat, lon], CLOSE, { animate: false }));
  }

  /** Draw the kelurahan in which the pin stands more strongly. */
  highlight(code) {
    this.#areas?.setStyle((feature) => this.#style(feature.properties.code === code));
  }

  #frame() {
    const box = settings.extent;
    this.#silently(() => {
      if (box) this.map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { animate: false });
      else this.map.setView([0, 0], 2, { animate: false });
    });
    if (box) this.map.setMaxBounds(L.latLngBounds([box[1], box[0]], [box[3], box[2]]).pad(0.5));
  }

  #silently(move) {
    this.#quiet += 1;
    move();
    this.#quiet -= 1;
  }

  #tell(accuracyM = null) {
    if (this.#quiet || !this.#source) return;
    if (this.#source === "map" && this.map.getZoom() < CLOSE_ENOUGH) {
      this.moved({ note: say("zoomIn") });
      return;
    }
    const notes = { photo: say("fromPhoto"), map: say("fromMap"), draft: say("fromMap") };
    const note = accuracyM === null ? notes[this.#source] : say("fromPhone", { m: Math.round(accuracyM) });
    const { lng, lat } = this.map.getCenter();
    this.moved({ lon: lng, lat, accuracyM, note: note ?? say("fromMap") });
  }

  #accuracy(lon, lat, accuracyM) {
    this.#circle?.remove();
    this.#circle = accuracyM
      ? L.circle([lat, lon], { radius: accuracyM, className: "accuracy", interactive: false }).addTo(this.map)
      : null;
  }

  #keys() {
    this.map.keyboard.disable(); // its steps are too wide to place a pin
    this.map.scrollWheelZoom.disable(); // the page scrolls past the map; zooming must not catch it
    const box = this.map.getContainer();
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", document.getElementById("lokasi-title").textContent);
    box.setAttribute("aria-describedby", "map-hint where-place");
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = ARROWS[event.key];
      if (arrow) {
        const step = event.shiftKey ? STEP_PX * 6 : STEP_PX;
        this.#source = "map";
        this.map.panBy([arrow[0] * step, arrow[1] * step], { animate: false });
      } else if (event.key === "+" || event.key === "=") this.map.zoomIn();
      else if (event.key === "-") this.map.zoomOut();
      else return;
      event.preventDefault();
    });
  }

  async #outline(url) {
    try {
      const response = await fetch(url);
      if (!response.ok) return;
      const areas = await response.json();
      this.#areas = L.geoJSON(areas, { interactive: false, style: () => this.#style(false) }).addTo(this.map);
      this.#label(areas);
    } catch {
      // Borders are a help, not a need.
    }
  }

  #label(areas) {
    const labels = L.layerGroup();
    for (const { properties } of areas.features) {
      const [lon, lat] = properties.anchor;
      const options = { permanent: true, direction: "center", className: "area-label", interactive: false };
      labels.addLayer(L.tooltip([lat, lon], { ...options, content: properties.name }));
    }
    const update = () => (this.map.getZoom() >= 14 ? labels.addTo(this.map) : labels.remove());
    this.map.on("zoomend", update);
    update();
  }

  #style(isHere) {
    return { className: isHere ? "border border--here" : "border", weight: isHere ? 3 : 1, fill: isHere };
  }
}
