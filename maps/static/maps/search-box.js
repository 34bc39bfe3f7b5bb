// Suggestions under the search field: areas, streets, reports by number, or the words in the texts.
// The field stays a plain search field; this makes it a combobox with a list (ARIA APG pattern).

import { Cards } from "./cards.js";
import { writePosition } from "./position.js";
import { element, fill } from "./words.js";

const SHORTEST = 2;
const SEARCHABLE = /([\p{L}\p{N}][^\p{L}\p{N}]*){3}/u; // what the server looks for in texts
const WAIT_MS = 180;

export class SearchBox {
  constructor(input, { map, address, config }) {
    Object.assign(this, { input, map, address, texts: config.texts, urls: config.urls });
    this.cards = new Cards(map, config);
    this.list = document.getElementById("saran");
    this.status = document.getElementById("jumlah-saran");
    this.options = [];
    this.known = new Map();
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "saran", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#soon());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("focusout", () => this.#close());
    input.form.addEventListener("submit", () => this.#close(), { capture: true });
    // The field keeps the focus while somebody presses an option.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const node = event.target.closest("[role=option]");
      if (node) this.#choose(this.options.find((option) => option.node === node));
    });
  }

  #soon() {
    clearTimeout(this.timer);
    this.request?.abort();
    const q = this.input.value.trim();
    if (q.length < SHORTEST) this.#close();
    else this.timer = setTimeout(() => this.#look(q), WAIT_MS);
  }

  async #look(q) {
    this.request = new AbortController();
    try {
      if (!this.known.has(q)) this.known.set(q, await this.#fetch(q, this.request.signal));
      if (this.input.value.trim() === q && document.activeElement === this.input) this.#show(q, this.known.get(q));
    } catch (error) {
      // The words can still be searched for by pressing Enter.
      if (error.name !== "AbortError") this.#close();
    }
  }

  async #fetch(q, signal) {
    const response = await fetch(`${this.urls.search}?${new URLSearchParams({ q })}`, { signal });
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.json();
  }

  #show(q, found) {
    const { texts } = this;
    const groups = [
      [texts.foundAreas, found.wilayah.map((area) => this.#area(area))],
      [texts.foundStreets, found.jalan.map((street) => this.#street(street))],
      [texts.foundReports, found.laporan.map((report) => this.#report(report))],
      [texts.foundWords, SEARCHABLE.test(q) ? [option(fill(texts.wordsInTexts, { q }), "", () => this.address.set({ q }))] : []],
    ].filter(([, options]) => options.length);
    this.options = groups.flatMap(([, options]) => options);
    this.options.forEach(({ node }, position) => (node.id = `saran-${position}`));
    this.list.replaceChildren(...groups.map(group));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#point(-1);
    this.status.textContent = fill(texts.suggestions, { n: this.options.length });
  }

  #area({ kode, jenis, label, kecamatan }) {
    const kelurahan = jenis === "kelurahan" ? kode : "";
    return option(label, "", () => this.address.set({ q: "", kecamatan, kelurahan }));
  }

  #street({ nama, kata, rentang }) {
    if (!rentang) return option(nama, this.texts.streetInTexts, () => this.address.set({ q: kata }));
    const [west, south, east, north] = rentang;
    return option(nama, this.texts.streetOnMap, () => {
      const box = [[south, west], [north, east]];
      this.#go(nama, () => this.map.fitBounds(box, { maxZoom: 17, padding: [40, 160], animate: false }));
    });
  }

  /** Move the map; the address says so at once, so that a page that is just reading again stays there. */
  #go(words, move) {
    if (this.address.get("q")) this.address.set({ q: "" });
    move();
    this.address.note(writePosition(this.map.getZoom(), this.map.getCenter()));
    this.input.value = words;
  }

  #report(report) {
    const url = this.urls.report.replace("KODE", report.kode);
    return option(report.kode, `${report.kategori} · ${report.status_nama}`, () => {
      if (!report.titik) {
        window.open(url, "_top");
        return;
      }
      const [longitude, latitude] = report.titik;
      this.#go(report.kode, () => this.map.setView([latitude, longitude], 17, { animate: false }));
      this.#open([latitude, longitude], report, url);
    });
  }

  #open(at, report, url) {
    const link = element("a", "button button--primary", this.texts.view);
    link.href = url;
    const title = element("p", "map-card__title", report.kategori);
    const facts = element("p", "", `${report.kode} · ${report.status_nama}`);
    const card = element("div", "map-card", title, facts, element("p", "soft", report.tempat), link);
    this.cards.show(at, card, this.input, report.kategori);
  }

  #key(event) {
    const isOpen = !this.list.hidden;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" && isOpen) this.#point(this.at >= last ? 0 : this.at + 1);
    else if (event.key === "ArrowUp" && isOpen) this.#point(this.at <= 0 ? last : this.at - 1);
    else if (event.key === "ArrowDown") this.#soon();
    else if (event.key === "Enter" && isOpen && this.at >= 0) this.#choose(this.options[this.at]);
    else if (event.key === "Escape" && isOpen) this.#close();
    else return;
    event.preventDefault();
  }

  /** Put the highlight on an option; -1 takes it back to the field. */
  #point(at) {
    this.at = at;
    this.options.forEach(({ node }, position) => node.setAttribute("aria-selected", String(position === at)));
    const node = this.options[at]?.node;
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
    node?.scrollIntoView({ block: "nearest" });
  }

  #choose(chosen) {
    this.#close();
    chosen.go();
  }

  #close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.options = [];
    this.at = -1;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function option(words, more, go) {
  const node = element("div", "map-search__option", element("span", "", words));
  if (more) node.append(element("small", "", more));
  node.setAttribute("role", "option");
  return { node, go };
}

function group([title, options], position) {
  const heading = element("div", "map-search__group", title);
  heading.id = `saran-kelompok-${position}`;
  const node = element("div", "", heading, ...options.map((each) => each.node));
  node.setAttribute("role", "group");
  node.setAttribute("aria-labelledby", heading.id);
  return node;
}
