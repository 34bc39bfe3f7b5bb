// What a measure says of each area: as a number, on its label, in words; and the classes of its colours.

import { fill, number } from "./words.js";

// Measured by the analytics section; all other measures are counted with the reports.
const BY_ANALYTICS = ["first_response", "on_time"];
const TREND = "trend";
// Percent. A fixed scale, the same on both sides of "no change".
const TREND_STEPS = [
  ["down-2", -Infinity, -25],
  ["down-1", -25, -5],
  ["same", -5, 5],
  ["up-1", 5, 25],
  ["up-2", 25, Infinity],
];
const CLASSES = 5;

export class Readings {
  /** @param load fetches JSON of an address */
  constructor(config, load) {
    this.config = config;
    this.load = load;
  }

  /** The counts of the areas and their totals, of the server; `query` as in the address, `options` as for fetch. */
  summary(measure, query, options) {
    const ukuran = BY_ANALYTICS.includes(measure) ? "all" : measure;
    return this.load(`${this.config.urls.measures}?${query({ ukuran })}`, options);
  }

  /** {summary, readings, limits, classOf, format, hint, hasColumn} of `measure` for a level. */
  async read(measure, query, options) {
    const isMeasured = BY_ANALYTICS.includes(measure);
    const [summary, measured] = await Promise.all([
      this.summary(measure, query, options),
      isMeasured ? this.load(`${this.config.urls.waiting}?${query({ ukuran: "" })}`, options) : null,
    ]);
    const readings = new Map(
      summary.areas.map((area) => [area.code, this.#reading(measure, area, measured?.[area.code])]),
    );
    const values = [...readings].map(([code, { value }]) => [code, value]);
    const classes = measure === TREND ? this.#trendClasses(values) : classify(values);
    const format = { [TREND]: signed, on_time: percent }[measure] ?? number;
    const hint = { [TREND]: this.config.texts.hintTrend, on_time: this.config.texts.hintOnTime }[measure] ?? "";
    return { summary, readings, ...classes, format, hint, hasColumn: isMeasured || measure === TREND };
  }

  #reading(measure, area, measured) {
    const { texts, measures } = this.config;
    const unknown = (tip) => ({ value: null, text: "–", tip });
    if (measure === "first_response") {
      if (!measured || measured.few) return unknown(texts.tooFew);
      if (!measured.reached) return unknown(texts.notReached);
      const days = tenths(measured.median_days);
      return { value: days, text: number(days), tip: `${number(days)} ${measures[measure].toLocaleLowerCase()}` };
    }
    if (measure === "on_time") return this.#onTime(measured?.on_time) ?? unknown(texts.tooFew);
    if (area.value === null) return unknown(texts[{ few: "tooFew", population: "noPopulation" }[area.missing] ?? "noData"]);
    if (measure === TREND) return this.#trend(Math.round(area.value));
    return {
      value: tenths(area.value),
      text: number(area.value),
      tip: `${number(area.value)} ${measures[measure].toLocaleLowerCase()}`,
    };
  }

  /** A share with its interval: both in percent. */
  #onTime(found) {
    if (!found || found.few || found.share === null) return null;
    const [n, low, high] = [found.share, found.low, found.high].map((share) => Math.round(share * 100));
    return { value: n, text: percent(n), tip: fill(this.config.texts.onTime, { n, low, high }) };
  }

  #trend(change) {
    const { texts } = this.config;
    const sentence = change > 0 ? texts.trendUp : change < 0 ? texts.trendDown : texts.trendSame;
    return { value: change, text: signed(change), tip: fill(sentence, { n: Math.abs(change) }) };
  }

  #trendClasses(values) {
    const { texts } = this.config;
    const words = [texts.trendDown2, texts.trendDown1, texts.trendFlat, texts.trendUp1, texts.trendUp2];
    const known = values.filter(([, value]) => value !== null);
    const classOf = new Map(known.map(([code, value]) => [code, TREND_STEPS.find((step) => isIn(step, value))[0]]));
    const limits = new Map(
      TREND_STEPS.map((step, position) => {
        const found = known.map(([, value]) => value).filter((value) => isIn(step, value));
        const [from, to] = found.length ? [Math.min(...found), Math.max(...found)] : [null, null];
        return [step[0], { from, to, areas: found.length, words: words[position] }];
      }),
    );
    return { classOf, limits };
  }
}

/** On a limit, a value belongs to the milder class. */
function isIn([name, from, to], value) {
  if (name === "same") return value >= from && value <= to;
  return name.startsWith("down") ? value >= from && value < to : value > from && value <= to;
}

/** Rounded as it is shown, so that classes do not differ by what nobody can see. */
function tenths(value) {
  return Math.round(value * 10) / 10;
}

function percent(value) {
  return `${number(value)}%`;
}

/** A percentage with its sign, also when it grows. */
function signed(value) {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  return `${sign}${percent(Math.abs(value))}`;
}

/**
 * Put values into five classes of about equally many areas; equal values share a class.
 * Returns a Map from code to class 1..5, and the classes with their lowest and highest value.
 */
function classify(values) {
  const known = values.filter(([, value]) => value !== null).sort((a, b) => a[1] - b[1]);
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
