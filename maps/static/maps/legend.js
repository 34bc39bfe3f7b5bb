// From values to five classes, and the classes in words and colours beside the map.

import { element, fill, number } from "./words.js";

const CLASSES = 5;

/**
 * Put values into five classes of about equally many areas; equal values share a class.
 * Returns a Map from code to class 1..5, and the classes with their lowest and highest value.
 */
export function classify(values) {
  const known = [...values].filter(([, value]) => value !== null).sort((a, b) => a[1] - b[1]);
  const classOf = new Map();
  const limits = new Map();
  let rank = 0;
  known.forEach(([code, value], position) => {
    if (position > 0 && value !== known[position - 1][1]) rank = position;
    const number_ = Math.floor(((rank + 0.5) * CLASSES) / known.length) + 1;
    classOf.set(code, number_);
    const limit = limits.get(number_) ?? { from: value, to: value, areas: 0 };
    limits.set(number_, { from: limit.from, to: value, areas: limit.areas + 1 });
  });
  return { classOf, limits };
}

export class Legend {
  constructor(root, config) {
    this.root = root;
    this.texts = config.texts;
    this.toggle = root.querySelector(".legend__toggle");
    this.toggle.addEventListener("click", () => {
      const isOpen = this.toggle.getAttribute("aria-expanded") === "true";
      this.toggle.setAttribute("aria-expanded", String(!isOpen));
    });
  }

  fold() {
    this.toggle.setAttribute("aria-expanded", "false");
  }

  /** Explain circles and shapes while they are on the map. */
  explainPoints(isOn) {
    this.root.querySelector(".legend__points").hidden = !isOn;
  }

  /** Show the classes of one measure; `missing` are the reasons for areas without a value. */
  show({ name, limits, missing, totals }) {
    this.root.querySelector(".legend__name").textContent = name;
    const all = [...limits.values()];
    this.root.querySelector(".legend__range").textContent = all.length
      ? range(Math.min(...all.map((limit) => limit.from)), Math.max(...all.map((limit) => limit.to)))
      : "";
    const steps = limits.size > 1 ? [...limits.keys()].sort() : [];
    this.root.querySelector(".legend__ramp").replaceChildren(...steps.map((step) => element("i", `swatch--${step}`)));
    // One area alone has nothing to be compared with.
    const classes = all.length === 1 && all[0].areas === 1 ? [] : [...limits];
    const rows = classes.sort((a, b) => b[0] - a[0]).map(([step, { from, to }]) => row(step, range(from, to)));
    rows.push(...[...missing].map((reason) => row("none", reason)));
    this.root.querySelector(".legend__classes").replaceChildren(...rows);
    this.root.querySelector(".legend__hint").hidden = limits.size < 2;
    this.root.querySelector(".legend__totals").textContent =
      `${fill(this.texts.reports, { n: totals.total })} · ${fill(this.texts.open, { n: totals.open })}`;
  }
}

function range(from, to) {
  return number(from) === number(to) ? number(from) : `${number(from)} – ${number(to)}`;
}

function row(step, text) {
  const swatch = element("span", `swatch swatch--${step}`);
  swatch.setAttribute("aria-hidden", "true");
  return element("li", "", swatch, element("span", "", text));
}
