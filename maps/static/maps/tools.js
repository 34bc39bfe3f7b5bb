// Around the map: zoom, my location.

import { fill } from "./words.js";

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
