// The base map, which may be missing: our own borders and names carry the map then.

const TILE_FAILURES = 4;

/** Drop a base map of which nothing arrives, and say so to `whenGone`. */
export function watchBasemap(map, whenGone = () => {}) {
  map.eachLayer((layer) => {
    if (!(layer instanceof L.TileLayer)) return;
    let failures = 0;
    let arrived = 0;
    layer.on("tileload", () => (arrived += 1));
    layer.on("tileerror", () => {
      failures += 1;
      if (failures < TILE_FAILURES || arrived > 0 || !map.hasLayer(layer)) return;
      map.removeLayer(layer);
      whenGone();
    });
  });
}
