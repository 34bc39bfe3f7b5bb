// Reports in the window: clusters with exact numbers, single reports with the shape of their status.

import { element, fill, icon, number } from "./words.js";

const LIST_ZOOM = 17;
const DEEPEST_ZOOM = 18;

export class Clusters {
  constructor(map, config, load) {
    this.map = map;
    this.config = config;
    this.load = load;
    this.group = L.layerGroup().addTo(map);
    this.query = null;
  }

  /** Show the reports of `query` in the window, or nothing for null. */
  async show(query) {
    this.query = query;
    this.request?.abort();
    if (query === null) {
      this.group.clearLayers();
      return;
    }
    this.request = new AbortController();
    const bounds = this.map.getBounds().pad(0.05);
    const window_ = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const bbox = window_.map((degrees) => degrees.toFixed(6)).join(",");
    const zoom = Math.max(0, Math.round(this.map.getZoom()));
    const separator = query ? "&" : "";
    const url = `${this.config.urls.clusters}?${query}${separator}bbox=${bbox}&zoom=${zoom}`;
    const cells = await this.load(url, this.request.signal);
    if (cells && this.query === query) this.#draw(cells.features);
  }

  #draw(features) {
    this.group.clearLayers();
    for (const cell of this.#apart(features)) {
      const marker = cell.jumlah === 1 ? this.#pin(cell) : this.#bubble(cell);
      marker.addTo(this.group);
    }
  }

  /** Cells whose circles would overlap become one; their numbers add up. */
  #apart(features) {
    let cells = features.map(({ properties, geometry: { coordinates } }) => ({
      ...properties,
      at: L.latLng(coordinates[1], coordinates[0]),
    }));
    for (let before = Infinity; cells.length < before; ) {
      before = cells.length;
      cells = this.#mergeOnce(cells);
    }
    return cells;
  }

  #mergeOnce(cells) {
    const apart = [];
    for (const cell of cells) {
      const spot = this.map.latLngToLayerPoint(cell.at);
      const touches = (other) => other.spot.distanceTo(spot) < (diameter(other) + diameter(cell)) / 2;
      const near = apart.find(touches);
      if (near) merge(near, cell);
      else apart.push({ ...cell, spot });
    }
    return apart;
  }

  #bubble(cell) {
    const size = diameter(cell);
    const node = element("div", "cluster", element("span", "cluster__number", number(cell.jumlah)));
    node.style.setProperty("--share", `${Math.round((cell.terbuka / cell.jumlah) * 100)}%`);
    const label = fill(this.config.texts.cluster, { n: cell.jumlah, open: cell.terbuka });
    return this.#marker(cell, node, size, label, () => this.#open(cell));
  }

  #open(cell) {
    const [west, south, east, north] = cell.rentang;
    const isOnePlace = east - west < 1e-5 && north - south < 1e-5;
    if (cell.laporan && (isOnePlace || this.map.getZoom() >= DEEPEST_ZOOM)) this.#popup(cell, this.#list(cell));
    else if (isOnePlace) this.map.setView(cell.at, DEEPEST_ZOOM);
    else this.map.fitBounds([[south, west], [north, east]], { padding: [60, 60], maxZoom: DEEPEST_ZOOM });
  }

  #pin(cell) {
    const node = element("div", `pin status--${cell.status}`, icon(`status-${cell.status}`));
    const category = this.config.categories[cell.kategori]?.name ?? "";
    const label = `${category}. ${this.config.statuses[cell.status]}. ${cell.kode}`;
    return this.#marker(cell, node, 30, label, () => this.#popup(cell, this.#card(cell)));
  }

  #marker(cell, node, size, label, act) {
    node.style.width = `${size}px`;
    node.style.height = `${size}px`;
    const shape = L.divIcon({ html: node, className: "", iconSize: [size, size] });
    const marker = L.marker(cell.at, { icon: shape, keyboard: false });
    marker.on("click", act);
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.setAttribute("aria-label", label);
    node.title = label;
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
    return marker;
  }

  #popup(cell, content) {
    const popup = L.popup({
      minWidth: 220,
      maxWidth: 280,
      autoPanPaddingTopLeft: [16, this.map.getSize().x < 600 ? 170 : 70],
      autoPanPaddingBottomRight: [16, 40],
    });
    popup.setLatLng(cell.at).setContent(content).openOn(this.map);
    popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.config.texts.close);
    content.querySelector("a")?.focus({ preventScroll: true });
  }

  #card(cell) {
    const category = this.config.categories[cell.kategori] ?? { name: cell.kategori, icon: "other" };
    const title = element("p", "map-card__title", icon(`category-${category.icon}`), category.name);
    const card = element("div", "map-card", title, this.#chip(cell.status));
    if (cell.uraian) card.append(element("p", "", cell.uraian));
    const link = element("a", "button button--primary", this.config.texts.view);
    link.href = cell.url;
    card.append(link);
    return card;
  }

  #list(cell) {
    const list = element("ul", "map-card__list");
    for (const { kode, status, kategori } of cell.laporan) {
      const words = element("span", "", this.config.categories[kategori]?.name ?? kode);
      words.append(element("small", "soft", this.config.statuses[status]));
      const link = element("a", "", icon(`status-${status}`), words);
      link.href = this.config.urls.report.replace("KODE", kode);
      list.append(element("li", "", link));
    }
    const title = element("p", "map-card__title", fill(this.config.texts.place, { n: cell.jumlah }));
    const card = element("div", "map-card", title, list);
    const rest = cell.jumlah - cell.laporan.length;
    if (rest > 0) card.append(element("p", "soft", fill(this.config.texts.more, { n: rest })));
    return card;
  }

  #chip(status) {
    const words = element("span", "", this.config.statuses[status]);
    return element("span", `chip status status--${status}`, icon(`status-${status}`), words);
  }
}

function diameter(cell) {
  if (cell.jumlah === 1) return 30;
  return Math.min(58, 30 + 7 * Math.log10(cell.jumlah) * 1.4);
}

function merge(into, cell) {
  const all = into.jumlah + cell.jumlah;
  const mean = (a, b) => (a * into.jumlah + b * cell.jumlah) / all;
  into.at = L.latLng(mean(into.at.lat, cell.at.lat), mean(into.at.lng, cell.at.lng));
  into.rentang = [
    Math.min(into.rentang[0], cell.rentang[0]),
    Math.min(into.rentang[1], cell.rentang[1]),
    Math.max(into.rentang[2], cell.rentang[2]),
    Math.max(into.rentang[3], cell.rentang[3]),
  ];
  into.laporan = [...listed(into), ...listed(cell)];
  into.jumlah = all;
  into.terbuka += cell.terbuka;
}

function listed(cell) {
  if (cell.laporan) return cell.laporan;
  return cell.kode ? [{ kode: cell.kode, status: cell.status, kategori: cell.kategori }] : [];
}
