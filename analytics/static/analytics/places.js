// The map of hot spots: hexagons by density, numbered places where reports came back. The tables say the same.

import { watchBasemap } from "../maps/basemap.js";

const config = JSON.parse(document.getElementById("data-peta").textContent);
const figure = document.getElementById("peta-rawan");
const words = figure.dataset;

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return response.json();
}

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** What a hexagon says of itself, and the way to its reports. */
function card({ properties }, centre) {
  const link = element("a", "", words.open);
  link.href = config.map.replace("LAT", centre.lat.toFixed(5)).replace("LON", centre.lng.toFixed(5));
  const count = properties.n.toLocaleString(document.documentElement.lang);
  return element(
    "div",
    "hex-card",
    element("strong", "", properties.name),
    element("span", "", `${count} ${words.reports} · ${properties.label}`),
    link,
  );
}

/** The hexagons, the remarkable ones on top so that their edges are whole; each by its code. */
function drawCells(map, collection) {
  const isRemarkable = ({ properties }) => !["usual", "unjudged"].includes(properties.density);
  const features = [...collection.features].sort((a, b) => isRemarkable(a) - isRemarkable(b));
  const cells = new Map();
  for (const feature of features) {
    const { density, n } = feature.properties;
    const className = `hex hex--${density}${collection.few && n ? " hex--some" : ""}`;
    const layer = L.geoJSON(feature, { style: { className } });
    const centre = layer.getBounds().getCenter();
    layer.bindPopup(() => card(feature, centre), { autoPanPaddingBottomRight: [64, 8] }).addTo(map); // beside the buttons
    cells.set(feature.id, layer);
  }
  return cells;
}

/** The numbered places, on the map while the reader wants them: they would hide the hexagons below. */
function drawSpots(map) {
  const toggle = document.getElementById("tempat-di-peta");
  const spots = new Map();
  for (const { number, lat, lon } of config.spots) {
    const icon = L.divIcon({ className: "", html: element("span", "spot", String(number)), iconSize: [24, 24] });
    const marker = L.marker([lat, lon], { icon, title: words.again, alt: `${words.again} (${number})` });
    const open = () => document.querySelector(`#tempat-${number} a`).focus();
    marker.on("click", open).on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && open());
    const show = (isShown) => (isShown || toggle.checked ? marker.addTo(map) : marker.remove());
    toggle.addEventListener("change", () => show(false));
    show(false);
    spots.set(String(number), { show, node: () => marker.getElement()?.firstElementChild });
  }
  return spots;
}

/** A row that is pointed at or focused outlines its place on the map. */
function follow(cells, spots) {
  for (const link of document.querySelectorAll("[data-cell], [data-spot]")) {
    const nodes = () => {
      const cell = cells.get(link.dataset.cell);
      if (!cell) return [spots.get(link.dataset.spot)?.node()];
      cell.bringToFront();
      return cell.getLayers().map((shape) => shape.getElement());
    };
    const mark = (isOn) => {
      spots.get(link.dataset.spot)?.show(isOn);
      for (const node of nodes()) node?.classList.toggle("is-pointed-at", isOn);
    };
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => mark(true));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => mark(false));
  }
}

async function fill(map) {
  map.options.zoomSnap = 0.25;
  map.scrollWheelZoom.disable();
  watchBasemap(map);
  const [collection, borders] = await Promise.all([json(config.cells), json(config.borders)]);
  const area = L.geoJSON(borders, { style: { className: "hex-border" }, interactive: false });
  map.invalidateSize();
  const bounds = (borders.features.length ? area : L.geoJSON(collection)).getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [8, 8], animate: false });
  map.zoomControl?.setPosition("topright");
  const cells = drawCells(map, collection);
  area.addTo(map);
  follow(cells, drawSpots(map));
  figure.dataset.isDrawn = "yes";
}

window.addEventListener("map:init", (event) => {
  fill(event.detail.map).catch((error) => {
    figure.replaceChildren(element("p", "empty", words.trouble));
    console.error(error);
  });
});
figure.hidden = false;
