// The small map of one report: its kelurahan's outline, and the pin where there is one to show.

const place = JSON.parse(document.getElementById("report-place").textContent);

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function outline() {
  if (!place.boundaries) return null;
  try {
    const response = await fetch(place.boundaries);
    const areas = await response.json();
    const feature = areas.features.find((area) => area.properties.code === place.kelurahan);
    return feature
      ? L.geoJSON(feature, {
          interactive: false,
          style: { color: colour("--accent"), weight: 2, fillOpacity: place.isExact ? 0.04 : 0.18 },
        })
      : null;
  } catch {
    return null; // the map is a supplement: the place stands in words above
  }
}

async function fill(map) {
  map.scrollWheelZoom.disable();
  if (place.point) {
    const [lon, lat] = place.point;
    map.setView([lat, lon], place.isExact ? 16 : 14);
    if (place.isExact) {
      L.circleMarker([lat, lon], {
        radius: 9,
        weight: 3,
        color: colour("--paper"),
        fillColor: colour("--accent-solid"),
        fillOpacity: 1,
        interactive: false,
      }).addTo(map);
    }
  }
  if (place.feature) {
    const style = { color: colour("--accent-solid"), weight: 4, opacity: 0.8, fillOpacity: 0.1, dashArray: "8 6" };
    L.geoJSON(place.feature, { interactive: false, style }).addTo(map);
  }
  const shape = await outline();
  if (!shape) return;
  shape.addTo(map);
  if (!place.point || !place.isExact) map.fitBounds(shape.getBounds(), { padding: [12, 12] });
}

window.addEventListener("map:init", (event) => fill(event.detail.map));
