// The map page: connects address, areas, points and legend; what stands around them comes behind. Runs once per page.

import { Address } from "./address.js";
import { Areas, spoken } from "./areas.js";
import { watchBasemap } from "./basemap.js";
import { Outlines, isOutdated, load } from "./data.js";
import { Framing } from "./framing.js";
import { Legend } from "./legend.js";
import { Note } from "./note.js";
import { Position } from "./position.js";
import { Readings } from "./readings.js";

const config = JSON.parse(document.getElementById("konfigurasi").textContent);
const { urls, texts } = config;
const POINTS_ZOOM = 15;
const measure = document.getElementById("ukuran");
const trail = document.getElementById("jejak");

/** The page. What is public is also used by what stands around the map. */
class Page {
  config = config;
  note = new Note(document.getElementById("catatan"));
  outlines = new Outlines(urls);
  readings = new Readings(config, load);
  isDeep = false; // zoomed in from the whole city: the areas are smaller ones

  constructor(map) {
    this.map = map;
    map.options.zoomSnap = 0.25;
    map.zoomControl.remove();
    const isRefused = Boolean(document.querySelector(".map-filters__problem"));
    this.address = new Address(() => this.refresh(), { isRefused });
    this.areas = new Areas(map, texts, (area) => this.choose(area));
    this.position = new Position(map, this.address);
    this.framing = new Framing(map, this.position);
    this.legend = new Legend(document.getElementById("legenda"), config);
    this.toggle = document.getElementById("titik");
    document.getElementById("garis-waktu").hidden = this.framing.isPhone;
    this.#listen();
  }

  #listen() {
    const { map } = this;
    watchBasemap(map, () => this.note.show(texts.noBasemap, { seconds: 5 }));
    map.on("moveend", () => {
      this.#showPoints();
      this.#followZoom();
    });
    map.on("popupopen", () => this.legend.fold());
    measure.addEventListener("change", () => this.address.set({ ukuran: measure.value }));
    this.toggle.addEventListener("click", () => {
      this.wantsPoints = !this.showsPoints;
      this.#showPoints();
    });
  }

  choose({ code, kecamatan }) {
    this.address.set(kecamatan ? { kecamatan, kelurahan: code } : { kecamatan: code, kelurahan: "" });
  }

  /**
   * Read everything the address asks for and show it; a failure is said on the map. With `isListed` the list
   * beside the map is what it should be already.
   */
  async refresh(how = {}) {
    try {
      await this.#read(how);
    } catch (error) {
      this.fail(error, () => this.refresh(how));
    }
    this.#bringAround().catch((error) => console.error(error));
  }

  fail(error, retry) {
    if (isOutdated(error)) return;
    this.note.show(texts.failed, { retry, label: texts.retry });
    this.around?.list.wait(false);
    console.error(error);
  }

  /** The modules that the first map does not need. */
  #bringAround() {
    this.coming ??= import("./around.js").then(({ Around }) => (this.around = new Around(this)));
    return this.coming;
  }

  /** All requests leave at once; the map moves as soon as it knows where to. */
  async #read({ isListed = false }) {
    this.work?.abort();
    const { signal } = (this.work = new AbortController());
    const { list } = isListed ? {} : await this.#bringAround();
    this.around?.filters.show();
    measure.value = this.address.get("ukuran") || "open";
    if (measure.selectedIndex < 0) measure.value = "open";
    if (this.area !== this.#place) this.isDeep = false;
    list?.wait(true);
    const asked = Promise.all([this.readings.read(measure.value, this.query(), { signal }), list?.load({ signal })]);
    asked.catch(() => {}); // looked at below
    const [all, kecamatans] = await Promise.all([this.outlines.of(this.#level), this.outlines.of("kecamatan")]);
    if (signal.aborted) return;
    await this.#goThere(all, kecamatans);
    const [found, html] = await asked;
    await this.framing.settled();
    if (signal.aborted) return;
    this.note.hide();
    list?.show(html);
    this.#draw(all, kecamatans, found);
    performance.mark("map-drawn");
  }

  get measure() {
    return measure.value;
  }

  get #isInside() {
    return Boolean(this.address.get("kecamatan") || this.address.get("kelurahan"));
  }

  get #level() {
    return this.#isInside || this.isDeep ? "kelurahan" : "kecamatan";
  }

  get #place() {
    return [this.address.get("kecamatan"), this.address.get("kelurahan")].join("/");
  }

  /** The query of the page's filter for the areas' level. */
  query() {
    const level = this.#level;
    return (more) => this.address.query({ level, ...more });
  }

  /** Move to another area; the same area with another filter stays where it is. */
  async #goThere(all, kecamatans) {
    await this.around?.nameArea();
    if (this.area === this.#place) {
      this.#showPoints();
      return;
    }
    this.area = this.#place;
    const chosen = all.filter(({ properties }) => this.#isChosen(properties));
    this.framing.show(chosen.length ? chosen : kecamatans, { city: kecamatans, hasCrumbs: !trail.hidden });
  }

  #isChosen({ code, kecamatan }) {
    const [kecamatans, kelurahans] = [this.address.list("kecamatan"), this.address.list("kelurahan")];
    if (kelurahans.length && !kelurahans.includes(code)) return false;
    return kecamatans.length === 0 || kecamatans.includes(kecamatan ?? code);
  }

  /** Who zooms into the city by hand sees its smaller areas, as who chooses one does. */
  #followZoom() {
    const before = this.#level;
    this.isDeep = this.framing.isDeep(this.isDeep);
    if (this.#level !== before) this.refresh({ isListed: true });
  }

  /** Draw what was read anew for the same areas. */
  async redraw(found, signal) {
    const [all, kecamatans] = await Promise.all([this.outlines.of(this.#level), this.outlines.of("kecamatan")]);
    await this.framing.settled();
    if (!signal.aborted) this.#draw(all, kecamatans, found, { fresh: true });
  }

  #draw(all, kecamatans, found, how) {
    const { summary, readings: values, classOf, limits, format, hint } = found;
    const codes = new Set(summary.areas.map((area) => area.code));
    const missing = new Set();
    for (const area of summary.areas) {
      const reading = values.get(area.code);
      reading.step = classOf.get(area.code);
      reading.spoken = spoken(area, reading.tip, texts);
      if (reading.value === null) missing.add(reading.tip);
    }
    this.legend.show({ name: config.measures[measure.value], limits, missing, totals: summary.totals, format, hint });
    const features = all.filter(({ properties }) => codes.has(properties.code));
    const parents = new Set(features.map(({ properties }) => properties.kecamatan ?? properties.code));
    const siblings = all.filter(({ properties }) => parents.has(properties.kecamatan) && !codes.has(properties.code));
    const others = kecamatans.filter(({ properties }) => !parents.has(properties.code));
    const [chosen] = this.address.list("kelurahan");
    const edges = this.#isInside || this.#level === "kecamatan" ? [] : kecamatans;
    this.areas.draw({ features, context: [...others, ...siblings], edges, readings: values, chosen });
    this.#explainPoints();
    this.found = found;
    this.around?.show(found, how);
  }

  /** The measure as a column of the table beside the map, which lists the areas of the filter; null for none. */
  get column() {
    const isListed = this.found.summary.level === (this.#isInside ? "kelurahan" : "kecamatan");
    if (!this.found.hasColumn || !isListed) return null;
    return { name: config.measures[measure.value], values: this.found.readings };
  }

  #showPoints() {
    if (!this.map._loaded) return;
    const isNear = Boolean(this.address.get("kelurahan")) || this.map.getZoom() >= POINTS_ZOOM;
    this.showsPoints = this.wantsPoints ?? isNear;
    this.toggle.setAttribute("aria-pressed", String(this.showsPoints));
    this.areas.seeThrough(this.showsPoints);
    this.#withPoints((points) => points.show(this.showsPoints ? this.address.query() : null));
  }

  /** The points' modules come when they are needed first. */
  async #withPoints(act) {
    if (!this.points && !this.showsPoints) return;
    try {
      this.points ??= import("./points.js").then(({ Points }) => this.#makePoints(Points));
      this.points.catch(() => (this.points = undefined));
      await act(await this.points);
    } catch (error) {
      this.fail(error, () => {
        this.note.hide();
        this.#showPoints();
      });
    }
  }

  #makePoints(Points) {
    return new Points(this.map, config, {
      onCount: (counts) => {
        this.counts = counts;
        this.#explainPoints();
      },
      onTrouble: (error) => this.fail(error, () => this.note.hide()),
    });
  }

  /** What is in the window, and where that is unless the filter says so. */
  #explainPoints() {
    const place = this.address.get("kelurahan") ? "" : this.areas.nameAt(this.map.getCenter());
    this.legend.explainPoints(this.counts ?? null, place);
  }
}

window.addEventListener("map:init", ({ detail }) => new Page(detail.map).refresh({ isListed: true }), { once: true });
