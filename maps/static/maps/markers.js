// Reports as markers: a circle with a number, or the shape of one report's status. A marker that
// stays keeps its element, and with it the focus.

import { diameter } from "./gather.js";
import { statusRows, statusWords } from "./statuses.js";
import { element, fill, icon, number } from "./words.js";

export class Markers {
  #shown = new Map();

  /** @param onOpen called with a cell when somebody presses its marker */
  constructor(map, config, onOpen) {
    this.map = map;
    this.config = config;
    this.onOpen = onOpen;
    this.pane = map.getPane("markerPane");
    map.on("moveend", () => this.#skipUnseen());
  }

  /** Show exactly these cells, in this order for the tab key. */
  draw(cells) {
    const wanted = new Map(cells.map((cell) => [cell.key, cell]));
    let left = null;
    for (const [key, { marker, node }] of this.#shown) {
      if (wanted.has(key)) continue;
      if (node === document.activeElement) left = marker.getLatLng();
      marker.remove();
      this.#shown.delete(key);
    }
    let next = null;
    for (const [key, cell] of [...wanted].reverse()) next = this.#place(key, cell, next);
    this.#skipUnseen();
    if (left) this.#takeOver(left);
  }

  /** The focus of a marker that is gone goes to the one that stands nearest to its place. */
  #takeOver(latlng) {
    const distance = ({ marker }) => this.map.distance(marker.getLatLng(), latlng);
    const [nearest] = [...this.#shown.values()].sort((a, b) => distance(a) - distance(b));
    (nearest?.node ?? this.map.getContainer()).focus({ preventScroll: true });
  }

  #place(key, cell, next) {
    const known = this.#shown.get(key);
    if (known && isSame(known.cell, cell)) {
      known.cell = cell;
      return known.marker.getElement();
    }
    const shown = known ?? this.#add(key, cell);
    shown.cell = cell;
    shown.marker.setLatLng(this.#at(cell));
    this.#dress(shown);
    const outer = shown.marker.getElement();
    if (!known) this.pane.insertBefore(outer, next);
    return outer;
  }

  #at(cell) {
    return this.map.unproject([cell.x, cell.y], cell.zoom);
  }

  #add(key, cell) {
    const node = element("div", "");
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    const shape = L.divIcon({ html: node, className: "report-marker", iconSize: [0, 0] });
    const marker = L.marker(this.#at(cell), { icon: shape, keyboard: false }).addTo(this.map);
    const shown = { marker, node, cell };
    this.#shown.set(key, shown);
    marker.on("click", () => this.onOpen(shown.cell, node));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.onOpen(shown.cell, node);
    });
    node.addEventListener("focus", () => node.matches(":focus-visible") && marker.openTooltip());
    node.addEventListener("blur", () => marker.closeTooltip());
    marker.bindTooltip(() => this.#tip(shown.cell), { className: "area-tip", direction: "top", opacity: 1 });
    return shown;
  }

  /** Shape, size and names of a marker, new or changed. */
  #dress({ marker, node, cell }) {
    const size = diameter(cell.count);
    node.className = cell.report ? `pin status--${cell.report.status}` : "cluster";
    node.replaceChildren(
      cell.report ? icon(`status-${cell.report.status}`) : element("span", "cluster__number", number(cell.count)),
    );
    node.style.setProperty("--size", `${size}px`);
    node.style.setProperty("--share", `${Math.round((cell.open / cell.count) * 100)}%`);
    node.setAttribute("aria-label", this.#spoken(cell));
    marker.getTooltip().options.offset = L.point(0, -size / 2);
  }

  #spoken(cell) {
    const { texts, statuses, categories } = this.config;
    if (cell.report) {
      const { kode, status, kategori } = cell.report;
      return `${categories[kategori]?.name ?? kategori}. ${statuses[status]}. ${kode}`;
    }
    const words = statusWords(cell.counts, statuses);
    return fill(texts.cluster, { n: cell.count, open: cell.open, statuses: words });
  }

  #tip(cell) {
    const { texts, statuses, categories } = this.config;
    const title = cell.report
      ? (categories[cell.report.kategori]?.name ?? cell.report.kode)
      : fill(texts.reports, { n: cell.count });
    return element("div", "", element("strong", "", title), statusRows(cell.counts, statuses));
  }

  /** Markers outside the window are no stop for the tab key. */
  #skipUnseen() {
    if (!this.map._loaded) return;
    const view = this.map.getBounds();
    for (const { marker, node } of this.#shown.values()) {
      node.setAttribute("tabindex", view.contains(marker.getLatLng()) ? "0" : "-1");
    }
  }
}

function isSame(a, b) {
  return a.x === b.x && a.y === b.y && a.count === b.count && JSON.stringify(a.counts) === JSON.stringify(b.counts);
}
