// The map page: connects address, filters, areas, points, legend and list. Runs once per page.

import { Address } from "./address.js";
import { Areas, spoken } from "./areas.js";
import { watchBasemap } from "./basemap.js";
import { showCrumbs } from "./crumbs.js";
import { Outlines, isOutdated, load } from "./data.js";
import { Filters } from "./filters.js";
import { Framing } from "./framing.js";
import { Legend } from "./legend.js";
import { List } from "./list.js";
import { Live } from "./live.js";
import { Position } from "./position.js";
import { Readings } from "./readings.js";
import { Sheet } from "./sheet.js";
import { Timeline } from "./timeline.js";
import { Note, connectTools } from "./tools.js";
import { clock, fill } from "./words.js";

const config = JSON.parse(document.getElementById("konfigurasi").textContent);
const { urls, texts } = config;
const POINTS_ZOOM = 15;
const EVERY_TILES = 3; // checks: a changed status alone moves no total
const measure = document.getElementById("ukuran");
const note = new Note(document.getElementById("catatan"));
const outlines = new Outlines(urls);

class Page {
  constructor(map) {
    this.map = map;
    map.options.zoomSnap = 0.25;
    map.zoomControl.remove();
    const isRefused = Boolean(document.querySelector(".map-filters__problem"));
    this.address = new Address(() => this.refresh(), { isRefused });
    this.areas = new Areas(map, texts, (area) => this.choose(area));
    this.position = new Position(map, this.address);
    this.framing = new Framing(map, this.position);
    this.readings = new Readings(config, load);
    this.legend = new Legend(document.getElementById("legenda"), config);
    this.list = new List(document.getElementById("isi-daftar"), urls.home, this.address);
    this.sheet = new Sheet(document.getElementById("daftar"));
    this.filters = new Filters(document.getElementById("saringan"), this.address, texts, (q) => this.search(q));
    this.toggle = document.getElementById("titik");
    this.#listen();
  }

  #listen() {
    const { map } = this;
    watchBasemap(map, () => note.show(texts.noBasemap, { seconds: 5 }));
    connectTools(map, { note, texts, cityBounds: () => this.framing.city });
    this.timeline = new Timeline({ address: this.address, config, load });
    this.#connectAround().catch((error) => console.error(error));
    map.on("moveend", () => this.#showPoints());
    map.on("popupopen", () => this.legend.fold());
    measure.addEventListener("change", () => this.address.set({ ukuran: measure.value }));
    this.toggle.addEventListener("click", () => {
      this.wantsPoints = !this.showsPoints;
      this.#showPoints();
    });
    this.list.root.addEventListener("click", (event) => this.#follow(event));
    document.getElementById("jejak").addEventListener("click", (event) => this.#follow(event));
  }

  async #connectAround() {
    const { connectAround } = await import("./around.js");
    const { map, address, framing, position } = this;
    const [list, searchField] = [this.list.root, this.filters.form.q];
    connectAround({ map, address, note, config, framing, position, list, searchField });
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
    const all = q ? [...(await outlines.of("kecamatan")), ...(await outlines.of("kelurahan"))] : [];
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
    return this.#read(how).catch((error) => this.#fail(error, () => this.refresh(how)));
  }

  #fail(error, retry) {
    if (isOutdated(error)) return;
    note.show(texts.failed, { retry, label: texts.retry });
    this.list.wait(false);
    console.error(error);
  }

  /** All requests leave at once; the map moves as soon as it knows where to. */
  async #read({ isFirst = false }) {
    this.work?.abort();
    const { signal } = (this.work = new AbortController());
    this.filters.show();
    measure.value = this.address.get("ukuran") || "open";
    if (measure.selectedIndex < 0) measure.value = "open";
    if (!isFirst) this.list.wait(true);
    const asked = Promise.all([
      this.readings.read(measure.value, this.#query(), { signal }),
      isFirst ? null : this.list.load({ signal }),
    ]);
    asked.catch(() => {}); // looked at below
    const [all, kecamatans] = await Promise.all([outlines.of(this.#level), outlines.of("kecamatan")]);
    if (signal.aborted) return;
    await this.#goThere(all, kecamatans);
    const [found, html] = await asked;
    await this.framing.settled();
    if (signal.aborted) return;
    note.hide();
    if (html !== null) this.list.show(html);
    this.#draw(all, kecamatans, found);
    this.#showMonths(found);
  }

  get #level() {
    return this.address.get("kecamatan") || this.address.get("kelurahan") ? "kelurahan" : "kecamatan";
  }

  /** The query of the page's filter for the areas' level. */
  #query() {
    const level = this.#level;
    return (more) => this.address.query({ level, ...more });
  }

  /** Move to another area; the same area with another filter stays where it is. */
  async #goThere(all, kecamatans) {
    this.areaWords = await showCrumbs(document.getElementById("jejak"), { address: this.address, outlines, city: texts.city });
    this.filters.nameArea(this.areaWords);
    const area = [this.address.get("kecamatan"), this.address.get("kelurahan")].join("/");
    if (area === this.area) {
      this.#showPoints();
      return;
    }
    this.area = area;
    const chosen = all.filter(({ properties }) => this.#isChosen(properties));
    this.framing.show(chosen.length ? chosen : kecamatans, {
      city: kecamatans,
      hasCrumbs: Boolean(this.areaWords),
      below: this.timeline.height,
    });
  }

  #isChosen({ code, kecamatan }) {
    const [kecamatans, kelurahans] = [this.address.list("kecamatan"), this.address.list("kelurahan")];
    if (kelurahans.length && !kelurahans.includes(code)) return false;
    return kecamatans.length === 0 || kecamatans.includes(kecamatan ?? code);
  }

  #draw(all, kecamatans, found) {
    const { summary, readings: values, classOf, limits, format, hint } = found;
    this.known = JSON.stringify(summary);
    const codes = new Set(summary.areas.map((area) => area.code));
    const missing = new Set();
    for (const area of summary.areas) {
      const reading = values.get(area.code);
      reading.step = classOf.get(area.code);
      reading.spoken = spoken(area, reading.tip, texts);
      if (reading.value === null) missing.add(reading.tip);
    }
    const name = config.measures[measure.value];
    this.list.showColumn(found.hasColumn ? { name, values } : null);
    this.legend.show({ name, limits, missing, totals: summary.totals, format, hint });
    const features = all.filter(({ properties }) => codes.has(properties.code));
    const parents = new Set(features.map(({ properties }) => properties.kecamatan ?? properties.code));
    const siblings = all.filter(({ properties }) => parents.has(properties.kecamatan) && !codes.has(properties.code));
    const others = kecamatans.filter(({ properties }) => !parents.has(properties.code));
    const [chosen] = this.address.list("kelurahan");
    this.areas.draw({ features, context: [...others, ...siblings], readings: values, chosen });
    performance.mark("map-drawn");
    this.live ??= new Live(() => this.#check(), (since) => this.#sayAge(since));
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
      this.#fail(error, () => {
        note.hide();
        this.#showPoints();
      });
    }
  }

  #makePoints(Points) {
    return new Points(this.map, config, {
      listAddress: () => `${urls.list}?${this.address.query()}`,
      onCount: (counts) => this.legend.explainPoints(counts),
      onTrouble: (error) => this.#fail(error, () => note.hide()),
    });
  }

  /** What is new since the last time, drawn in place. */
  async #check() {
    const { signal } = this.work;
    const options = { signal, cache: "no-cache" };
    this.checks = (this.checks ?? 0) + 1;
    try {
      const [summary, html] = await Promise.all([
        this.readings.summary(measure.value, this.#query(), options),
        this.list.load(options),
      ]);
      const isNew = JSON.stringify(summary) !== this.known;
      const found = isNew ? await this.readings.read(measure.value, this.#query(), options) : null;
      if (signal.aborted) return;
      const arrived = this.list.update(html);
      if (found) await this.#redraw(found, signal);
      if (arrived) note.show(fill(texts.arrived, { n: arrived }), { seconds: 10 });
      if (this.showsPoints && (found || this.checks % EVERY_TILES === 0)) await (await this.points)?.refresh();
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
  }

  async #redraw(found, signal) {
    const [all, kecamatans] = await Promise.all([outlines.of(this.#level), outlines.of("kecamatan")]);
    await this.framing.settled();
    if (signal.aborted) return;
    this.#draw(all, kecamatans, found);
    this.#showMonths(found, { fresh: true });
  }

  #showMonths({ summary }, how) {
    this.timeline.show(summary.totals, how).catch((error) => console.error(error));
  }

  #sayAge(since) {
    if (since) note.show(fill(texts.old, { time: clock(since) }));
    else if (this.isOld) note.hide();
    this.isOld = Boolean(since);
  }
}

window.addEventListener("map:init", ({ detail }) => new Page(detail.map).refresh({ isFirst: true }), { once: true });
