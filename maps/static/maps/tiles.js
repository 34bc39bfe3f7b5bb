// Vector tiles of reports: fetched, decoded and kept, never of two filters at once.

import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

export const TILE_PX = 256;
const LAYER = "laporan";
const MOST_KEPT = 400; // tiles: some screens in every direction

export class Tiles {
  #kept = new Map();
  #query = "";
  #isAged = false;

  /** @param template address with {z}, {x} and {y} */
  constructor(template) {
    this.template = template;
  }

  /**
   * The cells of `places` ({z, x, y}), once all of them are here. What is known is not asked again,
   * except with `fresh`: then nothing that is kept counts any more, here or elsewhere, even if this is
   * given up half way; and the browser asks the server whether its own copies have changed.
   */
  async read(query, places, signal, { fresh = false } = {}) {
    if (query !== this.#query || fresh) this.#kept.clear();
    this.#query = query;
    this.#isAged ||= fresh;
    const tiles = await Promise.all(places.map((place) => this.#tile(query, place, signal)));
    return tiles.flat();
  }

  async #tile(query, { z, x, y }, signal) {
    const name = `${z}/${x}/${y}`;
    const known = this.#kept.get(name);
    if (known) return known;
    const path = this.template.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    const cache = this.#isAged ? "no-cache" : "default";
    const response = await fetch(query ? `${path}?${query}` : path, { signal, cache });
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    const cells = decode(await response.arrayBuffer(), { z, x, y });
    if (query !== this.#query) return cells;
    this.#kept.set(name, cells);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return cells;
  }
}

/**
 * The cells of one tile: {key, x, y, count, open, counts, report}. x and y are pixels of the whole
 * world at the tile's zoom; `counts` is a number per status; `report` is there when it is one.
 */
function decode(buffer, { z, x, y }) {
  const layer = new VectorTile(new PbfReader(new Uint8Array(buffer))).layers[LAYER];
  const cells = [];
  for (let index = 0; index < (layer?.length ?? 0); index += 1) {
    const feature = layer.feature(index);
    const [[point]] = feature.loadGeometry();
    const isOurs = point.x >= 0 && point.y >= 0 && point.x < layer.extent && point.y < layer.extent;
    // What lies in the margin is a neighbour's, and comes with the neighbour.
    if (isOurs) cells.push(cell(feature.properties, point, layer.extent, { z, x, y }));
  }
  return cells;
}

function cell(properties, point, extent, { z, x, y }) {
  const { sel, jumlah, terbuka, kode, status, kategori } = properties;
  return {
    key: kode ?? sel,
    cells: [sel],
    zoom: z,
    x: (x + point.x / extent) * TILE_PX,
    y: (y + point.y / extent) * TILE_PX,
    count: jumlah,
    open: terbuka,
    counts: jumlah === 1 ? { [status]: 1 } : byStatus(properties),
    report: jumlah === 1 ? { kode, status, kategori } : null,
  };
}

function byStatus(properties) {
  const named = Object.entries(properties).filter(([name]) => name.startsWith("n_"));
  return Object.fromEntries(named.map(([name, count]) => [name.slice(2), count]));
}
