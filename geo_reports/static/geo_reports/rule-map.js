// The map of a preview: each report that would change hands, at its place; a press says from whom to whom.

const sample = JSON.parse(document.getElementById("rule-sample").textContent);
const frame = document.querySelector(".rule-map");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function areas(map) {
  try {
    const response = await fetch(frame.dataset.boundaries);
    const style = { color: colour("--line-strong") || colour("--ink-soft"), weight: 1, fill: false };
    const layer = L.geoJSON(await response.json(), { interactive: false, style }).addTo(map);
    return layer.getBounds();
  } catch {
    return null; // the list below says the same
  }
}

async function fill(map) {
  map.scrollWheelZoom.disable();
  const bounds = await areas(map);
  const points = sample.filter((row) => row.lon !== null);
  const style = { radius: 6, weight: 2, color: colour("--paper"), fillColor: colour("--accent-solid"), fillOpacity: 1 };
  for (const row of points) {
    const label = document.createElement("span");
    label.textContent = `${row.code}: ${row.from} → ${row.to}`;
    L.circleMarker([row.lat, row.lon], style).bindPopup(label).addTo(map);
  }
  const box = points.length ? L.latLngBounds(points.map((row) => [row.lat, row.lon])) : bounds;
  if (box) map.fitBounds(box, { padding: [24, 24], maxZoom: 16 });
}

window.addEventListener("map:init", (event) => fill(event.detail.map));
