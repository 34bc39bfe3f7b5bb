// The map page: connects address, filters, areas, clusters, legend and list. Runs once per page.

import { Address } from "./address.js";
import { Areas, spoken } from "./areas.js";
import { Clusters } from "./clusters.js";
import { Filters } from "./filters.js";
import { Legend } from "./legend.js";
import { connectMore } from "./more.js";
import { Position } from "./position.js";
import { preparePaper } from "./print.js";
import { Readings } from "./readings.js";
import { SearchBox } from "./search-box.js";
import { shareButton } from "./share.js";
import { Sheet } from "./sheet.js";
import { Timeline } from "./timeline.js";
import { foldTable, showColumn } from "./table.js";
import { Note, connectTools, watchBasemap } from "./tools.js";

const config = JSON.parse(document.getElementById("konfigurasi").textContent);
const { urls, texts } = config;
const POINTS_ZOOM = 15;
const list = document.getElementById("isi-daftar");
const measure = document.getElementById("ukuran");
const note = new Note(document.getElementById("catatan"));

/** JSON of an address; undefined when it was replaced by a newer request. */
async function load(url, signal) {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    throw error;
  }
}

const boundaries = new Map();
function outlines(level) {
  if (!boundaries.has(level)) {
    const loading = load(urls[level]).then((collection) => collection.features);
    loading.catch(() => boundaries.delete(level));
    boundaries.set(level, loading);
  }
  return boundaries.get(level);
}

class Page {
  constructor(map) {
    this.map = map;
    map.options.zoomSnap = 0.25;
    map.zoomControl.remove();
    const isRefused = Boolean(document.querySelector(".map-filters__problem"));
    this.address = new Address(() => this.refresh({ fit: true }), { isRefused });
    this.areas = new Areas(map, texts, (area) => this.choose(area));
    this.clusters = new Clusters(map, config, load);
    this.position = new Position(map, this.address);
    this.readings = new Readings(config, load);
    this.legend = new Legend(document.getElementById("legenda"), config);
    this.sheet = new Sheet(document.getElementById("daftar"));
    this.filters = new Filters(document.getElementById("saringan"), this.address, texts, (q) => this.search(q));
    this.points = document.getElementById("titik");
    this.#listen();
  }

  #listen() {
    const { map } = this;
    watchBasemap(map, note, texts);
    connectTools(map, { note, texts, cityBounds: () => this.cityBounds });
    new SearchBox(this.filters.form.q, { map, address: this.address, config });
    this.timeline = new Timeline({ address: this.address, config, load });
    const bounds = () => (this.address.get("peta") ? map.getBounds() : this.areas.bounds(this.codes ?? []));
    preparePaper({ map, position: this.position, list, bounds });
    connectMore({ map, address: this.address, texts });
    shareButton({ map, address: this.address, note, texts });
    map.on("moveend", () => this.#showPoints());
    map.on("popupopen", () => this.legend.fold());
    measure.addEventListener("change", () => this.address.set({ ukuran: measure.value }));
    this.points.addEventListener("click", () => {
      this.wantsPoints = !this.showsPoints;
      this.#showPoints();
    });
    list.addEventListener("click", (event) => this.#follow(event));
    document.getElementById("jejak").addEventListener("click", (event) => this.#follow(event));
  }

  /** A link to an area of this page goes there without loading the page again. */
  #follow(event) {
    const link = event.target.closest('a[data-area], #jejak a');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const query = new URL(link.href).searchParams;
    this.address.set({ kecamatan: query.get("kecamatan") ?? "", kelurahan: query.get("kelurahan") ?? "" });
    this.sheet.set("line");
  }

  choose({ code, kecamatan }) {
    this.address.set(kecamatan ? { kecamatan, kelurahan: code } : { kecamatan: code, kelurahan: "" });
  }

  /** A search that is the name of an area goes there; anything else searches the texts. */
  async search(q) {
    const wanted = q.toLocaleLowerCase().replace(/^(kel|kec)[a-z]*\.?\s+/, "");
    const all = q ? [...(await outlines("kecamatan")), ...(await outlines("kelurahan"))] : [];
    const found = all.find(({ properties }) => properties.name.toLocaleLowerCase() === wanted);
    if (found) {
      const { code, kecamatan } = found.properties;
      this.address.set({ q: "", kecamatan: kecamatan ?? code, kelurahan: kecamatan ? code : "" });
    } else {
      this.address.set({ q });
    }
  }

  /** Read everything the address asks for and show it; a failure is said on the map. */
  refresh(how = {}) {
    return this.#read(how).catch((error) => {
      note.show(texts.failed, { retry: () => this.refresh(how), label: texts.retry });
      list.classList.remove("is-loading");
      console.error(error);
    });
  }

  async #read({ fit = false, isFirst = false }) {
    const round = (this.round = (this.round ?? 0) + 1);
    const [kelurahan] = this.address.list("kelurahan");
    const kecamatan = this.address.get("kecamatan");
    const level = kecamatan || kelurahan ? "kelurahan" : "kecamatan";
    this.filters.show();
    measure.value = this.address.get("ukuran") || "open";
    if (measure.selectedIndex < 0) measure.value = "open";
    const [all, kecamatans, found] = await Promise.all([
      outlines(level),
      outlines("kecamatan"),
      this.readings.read(measure.value, (more) => this.address.query({ level, ...more })),
      isFirst ? null : this.#list(),
    ]);
    if (round !== this.round) return;
    note.hide();
    this.#draw({ all, kecamatans, found, kelurahan });
    this.timeline.show(found.summary.totals).catch((error) => console.error(error));
    await this.#crumbs(kelurahan);
    if (fit) this.#fit(found.summary.areas.map((area) => area.code));
    this.#showPoints();
  }

  #draw({ all, kecamatans, found, kelurahan }) {
    const { summary, readings: values, classOf, limits, format, hint } = found;
    const codes = new Set(summary.areas.map((area) => area.code));
    const missing = new Set();
    for (const area of summary.areas) {
      const reading = values.get(area.code);
      reading.step = classOf.get(area.code);
      reading.spoken = spoken(area, reading.tip, texts);
      if (reading.value === null) missing.add(reading.tip);
    }
    const name = config.measures[measure.value];
    showColumn(list, found.hasColumn ? { name, values } : null);
    this.legend.show({ name, limits, missing, totals: summary.totals, format, hint });
    const features = all.filter(({ properties }) => codes.has(properties.code));
    const parents = new Set(features.map(({ properties }) => properties.kecamatan ?? properties.code));
    const siblings = all.filter(({ properties }) => parents.has(properties.kecamatan) && !codes.has(properties.code));
    const others = kecamatans.filter(({ properties }) => !parents.has(properties.code));
    this.areas.draw({ features, context: [...others, ...siblings], readings: values, chosen: kelurahan });
  }

  /** The list beside the map, written by the server for the same filter. */
  async #list() {
    list.classList.add("is-loading");
    const response = await fetch(`${urls.home}?${this.address.query({ bagian: "daftar" })}`);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    list.innerHTML = await response.text();
    foldTable(list);
    list.classList.remove("is-loading");
  }

  async #crumbs(kelurahan) {
    const steps = [[texts.city, { kecamatan: "", kelurahan: "" }]];
    const [code] = this.address.list("kecamatan");
    if (code) steps.push([label(await outlines("kecamatan"), code, "label"), { kelurahan: "" }]);
    if (kelurahan) steps.push([`Kel. ${label(await outlines("kelurahan"), kelurahan, "name")}`, {}]);
    const items = steps.map(([words, changes], position) => {
      const isLast = position === steps.length - 1;
      const step = document.createElement(isLast ? "span" : "a");
      step.textContent = words;
      if (isLast) step.setAttribute("aria-current", "location");
      else step.href = `?${this.address.query(changes)}`;
      const item = document.createElement("li");
      item.append(step);
      return item;
    });
    const nav = document.getElementById("jejak");
    nav.querySelector("ol").replaceChildren(...items);
    nav.hidden = steps.length === 1;
    this.areaWords = steps.length > 1 ? steps.at(-1)[0] : "";
    this.filters.nameArea(this.areaWords);
  }

  #fit(codes) {
    this.codes = codes;
    const bounds = this.areas.bounds(codes);
    if (!bounds) return;
    this.cityBounds = this.areas.bounds([...this.areas.shapes.keys()]);
    if (this.position.restore(this.cityBounds)) return;
    const isPhone = window.matchMedia("(max-width: 59.99em)").matches;
    const isEmbedded = Boolean(this.address.get("embed"));
    const padding = isPhone
      ? { paddingTopLeft: [8, this.areaWords ? 160 : 124], paddingBottomRight: [8, isEmbedded ? 132 : 216] }
      : { paddingTopLeft: [24, 24], paddingBottomRight: [300, 24 + this.timeline.height] };
    this.position.quietly(() => this.map.fitBounds(bounds, { ...padding, maxZoom: 16, animate: false }));
  }

  #showPoints() {
    if (!this.map._loaded) return;
    const isNear = Boolean(this.address.get("kelurahan")) || this.map.getZoom() >= POINTS_ZOOM;
    this.showsPoints = this.wantsPoints ?? isNear;
    this.points.setAttribute("aria-pressed", String(this.showsPoints));
    this.areas.seeThrough(this.showsPoints);
    this.legend.explainPoints(this.showsPoints);
    this.clusters.show(this.showsPoints ? this.address.query() : null).catch(() => {});
  }
}

function label(features, code, property) {
  return features.find(({ properties }) => properties.code === code)?.properties[property] ?? code;
}

foldTable(list);
window.addEventListener("map:init", ({ detail }) => new Page(detail.map).refresh({ fit: true, isFirst: true }), {
  once: true,
});
