// The map that moves on the page of an area: it takes the drawing's place on the screen once it works.

import { watchBasemap } from "./basemap.js";
import { Points } from "./points.js";
import { element } from "./words.js";

// What the zoom buttons take of the map's corner, in pixels.
const ZOOM_BESIDE = [58, 8];
const ZOOM_ABOVE = [8, 84];
const config = JSON.parse(document.getElementById("wilayah").textContent);
const figure = document.getElementById("peta-wilayah");

/** Show the map, or go back to the drawing. */
function show(isLive) {
  figure.classList.toggle("is-live", isLive);
}

async function outlines() {
  const response = await fetch(config.boundaries);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return (await response.json()).features;
}

/** The borders with their names; an area that has a page leads there. Returns what the page is about. */
function draw(map, features) {
  const isHere = ({ properties }) => !config.kelurahan || properties.code === config.kelurahan;
  const ordered = [...features].sort((a, b) => isHere(a) - isHere(b));
  const here = L.featureGroup();
  for (const feature of ordered) {
    const { code, name, anchor } = feature.properties;
    const className = `area-map__border${isHere(feature) ? " is-here" : ""}`;
    const shape = L.geoJSON(feature, { style: { className }, interactive: code !== config.kelurahan });
    shape.addTo(isHere(feature) ? here : map);
    shape.bindTooltip(name, { sticky: true, className: "area-tip", direction: "top", opacity: 1 });
    shape.on("click", () => window.location.assign(config.pages.replace("KODE", code)));
    L.marker([anchor[1], anchor[0]], {
      interactive: false,
      keyboard: false,
      pane: "overlayPane",
      icon: L.divIcon({ html: element("span", "area-map__name", name), className: "", iconSize: [0, 0] }),
    }).addTo(map);
  }
  return here.addTo(map);
}

/** A name that a marker covers helps nobody: the shape says it under the pointer. */
function makeRoom(map) {
  const markers = [...map.getPane("markerPane").querySelectorAll(".cluster, .pin")];
  const taken = markers.map((node) => node.getBoundingClientRect());
  for (const node of map.getContainer().querySelectorAll(".area-map__name")) {
    const box = node.getBoundingClientRect();
    node.classList.toggle("is-covered", taken.some((other) => touch(box, other)));
  }
}

function touch(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Room for the zoom buttons, left of the area or above it: where it costs less. */
function besideZoom(map, bounds) {
  const places = [ZOOM_BESIDE, ZOOM_ABOVE];
  const zooms = places.map((place) => map.getBoundsZoom(bounds, false, L.point(place).add([8, 8])));
  return places[zooms[0] >= zooms[1] ? 0 : 1];
}

async function fill(map) {
  map.options.zoomSnap = 0.25;
  map.scrollWheelZoom.disable();
  watchBasemap(map);
  const here = draw(map, await outlines());
  map.invalidateSize();
  map.fitBounds(here.getBounds(), { paddingTopLeft: besideZoom(map, here.getBounds()), paddingBottomRight: [8, 8], animate: false });
  const points = new Points(map, config, {
    onCount: () => makeRoom(map),
    onTrouble: console.error,
  });
  map.on("moveend", () => points.show(config.query).catch(console.error));
  await points.show(config.query);
}

window.addEventListener("map:init", (event) => {
  fill(event.detail.map).catch((error) => {
    show(false);
    console.error(error);
  });
});
show(true);
