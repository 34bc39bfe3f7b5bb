// The classes of a measure in words and colours beside the map.

import { statusRows } from "./statuses.js";
import { element, fill, number } from "./words.js";

export class Legend {
  constructor(root, config) {
    this.root = root;
    this.texts = config.texts;
    this.statuses = config.statuses;
    this.toggle = root.querySelector(".legend__toggle");
    this.toggle.addEventListener("click", () => {
      const isOpen = this.toggle.getAttribute("aria-expanded") === "true";
      this.toggle.setAttribute("aria-expanded", String(!isOpen));
    });
  }

  fold() {
    this.toggle.setAttribute("aria-expanded", "false");
  }

  /**
   * Say what the markers in the window are: counts by status, which are exact, null when there are none; and
   * which area that is, "" when it need not be said.
   */
  explainPoints(counts, place) {
    const section = this.root.querySelector(".legend__points");
    section.hidden = counts === null;
    this.root.classList.toggle("has-points", counts !== null);
    if (counts === null) return;
    const n = Object.values(counts).reduce((all, count) => all + count, 0);
    const words = fill(place ? this.texts.inViewAt : this.texts.inView, { n, place });
    for (const line of this.root.querySelectorAll("[data-in-view]")) line.textContent = words;
    section.querySelector(".status-counts").replaceWith(statusRows(counts, this.statuses));
  }

  /** Show the classes of one measure; `missing` are the reasons for areas without a value. */
  show({ name, limits, missing, totals, format = number, hint = "" }) {
    const range = between(format);
    this.root.querySelector(".legend__name").textContent = name;
    const all = [...limits.values()].filter((limit) => limit.areas);
    this.root.querySelector(".legend__range").textContent = all.length
      ? range(Math.min(...all.map((limit) => limit.from)), Math.max(...all.map((limit) => limit.to)))
      : "";
    // In the order of their values, whatever they are called.
    const steps = limits.size > 1 ? [...limits.keys()] : [];
    this.root.querySelector(".legend__ramp").replaceChildren(...steps.map((step) => element("i", `swatch--${step}`)));
    // One area alone has nothing to be compared with.
    const classes = all.length === 1 && all[0].areas === 1 && !all[0].words ? [] : [...limits];
    const rows = classes.reverse().map(([step, { from, to, words }]) => row(step, words ?? range(from, to)));
    rows.push(...[...missing].map((reason) => row("none", reason)));
    this.root.querySelector(".legend__classes").replaceChildren(...rows);
    const about = this.root.querySelector(".legend__hint");
    this.usualHint ??= about.textContent;
    about.textContent = hint || this.usualHint;
    about.hidden = limits.size < 2;
    this.root.querySelector(".legend__totals").textContent =
      `${fill(this.texts.reports, { n: totals.total })} · ${fill(this.texts.open, { n: totals.open })}`;
  }
}

function between(format) {
  return (from, to) => (format(from) === format(to) ? format(from) : `${format(from)} – ${format(to)}`);
}

function row(step, text) {
  const swatch = element("span", `swatch swatch--${step}`);
  swatch.setAttribute("aria-hidden", "true");
  return element("li", "", swatch, element("span", "", text));
}
