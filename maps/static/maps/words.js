// Numbers and sentences in the language of the page.

const language = document.documentElement.lang || "id";
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** A number with the separators of the language; rates and days keep one decimal. */
export function number(value) {
  return Number.isInteger(value) ? whole.format(value) : tenth.format(value);
}

/** Fill {names} of a sentence; numbers are written as numbers. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : (values[name] ?? ""),
  );
}

/** An element with a class and a text or children. */
export function element(tag, className = "", ...content) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** An icon of the page's sprite. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${spriteUrl()}#${name}`);
  svg.append(use);
  return svg;
}

let sprite = "";
function spriteUrl() {
  sprite ||= document.querySelector("svg.icon use").getAttribute("href").split("#")[0];
  return sprite;
}

/** The time of day. */
export function clock(moment) {
  return moment.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}
