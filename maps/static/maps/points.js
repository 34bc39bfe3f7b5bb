// The reports in the window: which tiles it needs, what is drawn, what a press on a marker does.

import { Cards } from "./cards.js";
import { gather, total } from "./gather.js";
import { Markers } from "./markers.js";
import { TILE_PX, Tiles } from "./tiles.js";

const DEEPEST_ZOOM = 19;
const STREET_ZOOM = 14; // a pixel is less than ten metres
const MARGIN_PX = 30; // half a marker: it is seen before its middle is in the window
const MOST_ASKED = 64; // cells of one marker that the server counts together
const ONE_PLACE = 1e-5; // degrees: about a metre

export class Points {
  #query = null;
  #cells = [];

  /**
   * @param onTrouble called when a marker cannot say what it holds
   * @param onCount called with the counts by status of what is in the window, null when nothing is shown
   */
  constructor(map, config, { onCount, onTrouble }) {
    this.map = map;
    this.config = config;
    this.onTrouble = onTrouble;
    this.onCount = onCount;
    this.tiles = new Tiles(config.urls.tiles);
    this.cards = new Cards(map, config);
    this.markers = new Markers(map, config, (cell, node) => this.#press(cell, node).catch(onTrouble));
  }

  /** Show the reports of `query` in the window, or nothing for null. Fails when the tiles do. */
  async show(query, { fresh = false } = {}) {
    this.request?.abort();
    this.#query = query;
    if (query === null) {
      this.#draw([]);
      return;
    }
    const request = (this.request = new AbortController());
    try {
      const cells = await this.tiles.read(query, this.#places(), request.signal, { fresh });
      if (!request.signal.aborted) this.#draw(cells);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  /** Ask whether what is shown has changed. */
  async refresh() {
    if (this.#query === null) return;
    await this.show(this.#query, { fresh: true });
  }

  get #zoom() {
    return Math.max(0, Math.round(this.map.getZoom()));
  }

  /** The tiles under the window at the nearest whole zoom. */
  #places() {
    const z = this.#zoom;
    const bounds = this.map.getBounds();
    const margin = MARGIN_PX * this.map.getZoomScale(z);
    const from = this.map.project(bounds.getNorthWest(), z).subtract([margin, margin]).divideBy(TILE_PX).floor();
    const to = this.map.project(bounds.getSouthEast(), z).add([margin, margin]).divideBy(TILE_PX).floor();
    const last = 2 ** z - 1;
    const places = [];
    for (let y = Math.max(0, from.y); y <= Math.min(last, to.y); y += 1) {
      for (let x = Math.max(0, from.x); x <= Math.min(last, to.x); x += 1) places.push({ z, x, y });
    }
    return places;
  }

  #draw(cells) {
    this.#cells = cells;
    this.markers.draw(gather(cells, this.map.getZoomScale(this.map.getZoom(), this.#zoom)));
    this.#count();
  }

  #count() {
    if (this.#query === null) {
      this.onCount(null);
      return;
    }
    const view = this.map.getBounds();
    const seen = this.#cells.filter((cell) => view.contains(this.map.unproject([cell.x, cell.y], cell.zoom)));
    this.onCount(total(seen));
  }

  async #press(cell, node) {
    const at = this.map.unproject([cell.x, cell.y], cell.zoom);
    const found = await this.#held(cell);
    if (!found) await this.refresh();
    else if (cell.report) this.cards.report(at, { ...cell.report, ...found.laporan[0] }, node);
    else if (!this.#goInto(found.rentang, at)) {
      const more = (skipped) => this.#ask(cell, skipped).catch(this.onTrouble);
      this.cards.place(at, { ...found, jumlah: cell.count, counts: cell.counts, more }, node);
    }
  }

  /** What a marker holds, of the server: in which box, the newest by number; null when it is gone. */
  async #held(cell) {
    const found = await this.#ask(cell);
    return found.rentang ? found : null;
  }

  /** The same, with the reports that follow the `skipped` newest ones. */
  async #ask(cell, skipped = 0) {
    const query = new URLSearchParams(this.#query);
    query.set("sel", cell.cells.slice(0, MOST_ASKED).join(","));
    if (skipped) query.set("lewati", skipped);
    const response = await fetch(`${this.config.urls.cell}?${query}`);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.json();
  }

  /** Zoom to a box; false when that would show nothing new. */
  #goInto([west, south, east, north], at) {
    const zoom = this.map.getZoom();
    if (zoom >= DEEPEST_ZOOM) return false;
    // Further out, what the server calls one place may be a whole street.
    const isOnePlace = east - west < ONE_PLACE && north - south < ONE_PLACE;
    if (isOnePlace && zoom >= STREET_ZOOM) return false;
    const box = L.latLngBounds([south, west], [north, east]);
    const wanted = Math.min(DEEPEST_ZOOM, this.map.getBoundsZoom(box, false, L.point(120, 120)));
    this.map.setView(wanted > zoom ? box.getCenter() : at, Math.max(wanted, Math.min(DEEPEST_ZOOM, zoom + 1)));
    return true;
  }
}
