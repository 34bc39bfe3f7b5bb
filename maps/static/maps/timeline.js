// Reports per month, with two handles that choose from which month to which. The address keeps the choice.

import { coverage, ends, firstDay, lastDay, monthName } from "./months.js";
import { element, fill, number } from "./words.js";

const SPACE = "http://www.w3.org/2000/svg";
const WAIT_MS = 300; // a key held down is one choice
const TALLEST = 100;
const WIDE = window.matchMedia("(min-width: 60em)");

export class Timeline {
  /** @param load fetches JSON of an address; `onToggle` is called when it came over the map or left it */
  constructor({ address, config, load, onToggle }) {
    Object.assign(this, { address, onToggle, texts: config.texts, url: config.urls.history, load });
    this.root = document.getElementById("garis-waktu");
    this.button = document.getElementById("waktu");
    this.from = this.#part("handle--from");
    this.to = this.#part("handle--to");
    this.bars = this.#part("bars");
    this.months = [];
    this.from.addEventListener("input", () => this.#move(this.from));
    this.to.addEventListener("input", () => this.#move(this.to));
    this.bars.addEventListener("click", (event) => this.#pick(event));
    this.#part("all").addEventListener("click", () => this.#reset());
    this.button.addEventListener("click", () => this.toggle(this.root.hidden));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.#leave());
    this.button.setAttribute("aria-expanded", String(!this.root.hidden));
  }

  #part(name) {
    return this.root.querySelector(`.timeline__${name}`);
  }

  toggle(isOpen) {
    this.root.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    this.onToggle();
  }

  /**
   * Show the months of the present filter and what of them is chosen; `totals` are those of the choice.
   * Months that are known are not asked again, except with `fresh`.
   */
  async show(totals, { fresh = false } = {}) {
    this.totals = totals;
    const query = this.address.query({ dari: "", sampai: "" });
    if (fresh || query !== this.query) {
      const found = await this.load(`${this.url}?${query}`, fresh ? { cache: "no-cache" } : {});
      if (!found || query !== this.address.query({ dari: "", sampai: "" })) return;
      this.query = query;
      this.months = found.bulan;
      this.#draw();
    }
    this.#follow();
  }

  /** Bars, years, table and the reach of the handles. */
  #draw() {
    const { months } = this;
    const most = Math.max(1, ...months.map((month) => month.jumlah));
    this.root.style.setProperty("--months", Math.max(1, months.length));
    this.bars.setAttribute("viewBox", `0 0 ${Math.max(1, months.length)} ${TALLEST}`);
    this.bars.replaceChildren(...months.flatMap((month, position) => bars(month, position, most)));
    for (const ground of this.bars.querySelectorAll(".timeline__ground")) {
      const title = document.createElementNS(SPACE, "title");
      title.textContent = this.#spoken(months[Number(ground.dataset.month)]);
      ground.append(title);
    }
    this.#part("most").textContent = number(most);
    this.#part("years").replaceChildren(...years(months));
    this.#part("stage").hidden = months.length === 0;
    this.#part("empty").hidden = months.length > 0;
    this.#part("table").tBodies[0].replaceChildren(...months.map(row));
    for (const handle of [this.from, this.to]) handle.max = String(Math.max(0, months.length - 1));
  }

  /** Put handles and words where the address is. */
  #follow() {
    const [from, to] = [this.address.get("dari"), this.address.get("sampai")];
    const names = this.months.map((month) => month.bulan);
    const first = from ? names.findIndex((month) => month >= from.slice(0, 7)) : 0;
    const last = to ? names.findLastIndex((month) => month <= to.slice(0, 7)) : names.length - 1;
    this.from.value = String(first < 0 ? names.length - 1 : first);
    this.to.value = String(Math.max(0, last));
    this.#mark(from, to);
    this.#say(this.#range(from, to), this.totals.total, this.totals.open);
  }

  #say(range, n, open) {
    this.#part("words").textContent = fill(this.texts.sentIn, { range, n, open });
  }

  #range(from, to) {
    const [start, end] = ends(from, to);
    if (start && end) return start === end ? start : `${start} – ${end}`;
    if (start) return fill(this.texts.since, { day: start });
    return end ? fill(this.texts.until, { day: end }) : this.texts.always;
  }

  /** Which bars are chosen, what the handles say, and the way back. */
  #mark(from, to) {
    this.months.forEach((month, position) => {
      const isIn = coverage(month.bulan, from, to);
      for (const bar of this.bars.querySelectorAll(`[data-month="${position}"]`)) bar.dataset.chosen = isIn;
    });
    for (const handle of [this.from, this.to]) {
      const month = this.months[Number(handle.value)];
      if (month) handle.setAttribute("aria-valuetext", this.#spoken(month));
    }
    this.#part("all").hidden = !from && !to;
    this.button.classList.toggle("is-on", Boolean(from || to));
  }

  #spoken({ bulan, jumlah, terbuka }) {
    return fill(this.texts.monthSpoken, { month: monthName(bulan), n: jumlah, open: terbuka });
  }

  /** A handle was moved: it stops at the other one. */
  #move(handle) {
    const [first, last] = [Number(this.from.value), Number(this.to.value)];
    if (first > last) handle.value = String(handle === this.from ? last : first);
    this.#preview();
  }

  #pick(event) {
    const { left, width } = this.bars.getBoundingClientRect();
    const position = Math.floor(((event.clientX - left) / width) * this.months.length);
    this.from.value = this.to.value = String(Math.min(this.months.length - 1, Math.max(0, position)));
    this.#preview();
  }

  /** Say at once what will be chosen; the map follows when the handle rests. */
  #preview() {
    const { dari, sampai } = this.#chosen();
    const within = this.months.slice(Number(this.from.value), Number(this.to.value) + 1);
    const sum = (name) => within.reduce((total, month) => total + month[name], 0);
    this.#mark(dari, sampai);
    this.#say(this.#range(dari, sampai), sum("jumlah"), sum("terbuka"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.address.set({ dari, sampai }), WAIT_MS);
  }

  /** The handles as days; at the end of the bars there is nothing to cut off. */
  #chosen() {
    const [first, last] = [Number(this.from.value), Number(this.to.value)];
    return {
      dari: first === 0 ? "" : firstDay(this.months[first].bulan),
      sampai: last === this.months.length - 1 ? "" : lastDay(this.months[last].bulan),
    };
  }

  #reset() {
    this.from.focus();
    this.address.set({ dari: "", sampai: "" });
  }

  /** On a phone the chart lies over the map: Escape takes it away. */
  #leave() {
    if (WIDE.matches) return;
    this.toggle(false);
    this.button.focus();
  }
}

function bars({ jumlah }, position, most) {
  // What is not zero can be seen.
  const height = Math.max((jumlah / most) * TALLEST, jumlah ? 2 : 0);
  return [
    rect(position, TALLEST - height, height, "timeline__bar"),
    rect(position, 0, TALLEST, "timeline__ground"), // on top: all of the month can be pressed
  ];
}

function rect(position, y, height, className) {
  const node = document.createElementNS(SPACE, "rect");
  const isBar = className.endsWith("bar");
  const attributes = { x: position + (isBar ? 0.1 : 0), y, width: isBar ? 0.8 : 1, height, class: className };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.dataset.month = position;
  return node;
}

/** The year under its January, where there is room for it. */
function years(months) {
  const starts = months
    .map(({ bulan }, position) => ({ year: bulan.slice(0, 4), position, isStart: bulan.endsWith("-01") }))
    .filter(({ isStart, position }) => isStart || position === 0);
  const isCrowded = starts.length > 1 && starts[1].position - starts[0].position < months.length / 8;
  return starts.slice(isCrowded ? 1 : 0).map(({ year, position }) => {
    const node = element("span", "", year);
    node.style.left = `${(position / months.length) * 100}%`;
    return node;
  });
}

function row({ bulan, jumlah, terbuka }) {
  const head = element("th", "", monthName(bulan));
  head.scope = "row";
  return element("tr", "", head, element("td", "", number(jumlah)), element("td", "", number(terbuka)));
}
