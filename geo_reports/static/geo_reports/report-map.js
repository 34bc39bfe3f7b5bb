// The small map of one report: its kelurahan with its name and its neighbours, and the pin where there is one to show.

const place = JSON.parse(document.getElementById("report-place").textContent);
const TILE_FAILURES = 2;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The kelurahan of the report and of its kecamatan; null where nothing can be loaded. */
async function outlines() {
  if (!place.boundaries) return null;
  try {
    const response = await fetch(place.boundaries);
    return (await response.json()).features;
  } catch {
    return null; // the map is a supplement: the place stands in words above
  }
}

function draw(map, features) {
  const isHere = (feature) => feature.properties.code === place.kelurahan;
  const style = (feature) =>
    isHere(feature)
      ? { color: colour("--accent"), weight: 2, fillOpacity: place.isExact ? 0.06 : 0.18 }
      : { color: colour("--line-strong"), weight: 1, fillOpacity: 0 };
  const sorted = [...features].sort((a, b) => isHere(a) - isHere(b));
  const shapes = L.geoJSON(sorted, { interactive: false, style }).addTo(map);
  const here = shapes.getLayers().find((layer) => isHere(layer.feature));
  if (here) {
    const [lon, lat] = here.feature.properties.anchor;
    const label = { permanent: true, direction: "center", className: "area-label", interactive: false };
    L.tooltip([lat, lon], { ...label, content: here.feature.properties.name }).addTo(map);
  }
  return here;
}

/** Call `missing` once when there is no base map, or nothing of it arrives. */
function watchBasemap(map, missing) {
  let failures = 0;
  let arrived = 0;
  let layers = 0;
  map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    layers += 1;
    layer.on("tileload", () => (arrived += 1));
    layer.on("tileerror", () => {
      failures += 1;
      if (failures !== TILE_FAILURES || arrived > 0) return;
      map.removeLayer(layer);
      missing();
    });
  });
  if (!layers) missing();
}

async function fill(map) {
  map.scrollWheelZoom.disable();
  const loading = outlines();
  let isBare = false;
  let here = null;
  const fit = () => here && map.fitBounds(here.getBounds(), { padding: [12, 12], animate: false });
  watchBasemap(map, () => {
    isBare = true;
    fit(); // without streets the shape and the name of the kelurahan say where this is
  });
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
  const features = await loading;
  if (!features) return;
  here = draw(map, features);
  if (isBare || !place.point || !place.isExact) fit();
}

window.addEventListener("map:init", (event) => fill(event.detail.map));
