// The kelurahan as lines: a map that says where one is, with or without a base map.

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Draw the borders; resolves to their box, or to null where nothing can be loaded. */
export async function outline(map, url) {
  try {
    const response = await fetch(url);
    if (!response.ok) return null;
    const style = { color: colour("--line-strong"), weight: 1, fill: false };
    const layer = L.geoJSON(await response.json(), { interactive: false, style }).addTo(map);
    return layer.getBounds().isValid() ? layer.getBounds() : null;
  } catch {
    return null; // the words beside the map say the same
  }
}
