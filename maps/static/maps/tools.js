// Around the map: zoom, my location, the base map that may be missing, a quiet note.

import { element, fill } from "./words.js";

const TILE_FAILURES = 4;

/** Drop a base map of which nothing arrives: our own borders and names carry the map then. */
export function watchBasemap(map, note, texts) {
  map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    let failures = 0;
    let arrived = 0;
    layer.on("tileload", () => (arrived += 1));
    layer.on("tileerror", () => {
      failures += 1;
      if (failures < TILE_FAILURES || arrived > 0 || !map.hasLayer(layer)) return;
      map.removeLayer(layer);
      note.show(texts.noBasemap, { seconds: 5 });
    });
  });
}

export class Note {
  constructor(root) {
    this.root = root;
  }

  /** Say something at the map's lower edge; for a while, or until the next note. An error stays. */
  show(text, { seconds = 0, retry = null, label = "" } = {}) {
    if (!retry && !this.root.hidden && this.root.querySelector("button")) return;
    clearTimeout(this.timer);
    this.root.replaceChildren(text);
    this.root.hidden = false;
    if (retry) {
      const button = element("button", "button", label);
      button.type = "button";
      button.addEventListener("click", retry);
      this.root.append(button);
    }
    if (seconds) this.timer = setTimeout(() => this.hide(), seconds * 1000);
  }

  hide() {
    this.root.hidden = true;
  }
}

/** Buttons that stand beside the map. */
export function connectTools(map, { note, texts, cityBounds }) {
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => map.setZoom(Math.round(map.getZoom()) + Number(button.dataset.zoom)));
  }
  const here = L.layerGroup().addTo(map);
  document.getElementById("lokasi-saya").addEventListener("click", () => {
    map.locate({ setView: false, enableHighAccuracy: true, timeout: 15000 });
  });
  map.on("locationerror", () => note.show(texts.noPosition, { seconds: 6 }));
  map.on("locationfound", ({ latlng, accuracy }) => {
    const city = cityBounds();
    if (city && !city.contains(latlng)) {
      note.show(texts.outsideMap, { seconds: 6 });
      return;
    }
    here.clearLayers();
    L.circle(latlng, { radius: accuracy, className: "you--accuracy", interactive: false }).addTo(here);
    L.circleMarker(latlng, { radius: 8, className: "you" }).bindTooltip(fill(texts.you, {})).addTo(here);
    map.setView(latlng, Math.max(16, map.getZoom()));
  });
}
