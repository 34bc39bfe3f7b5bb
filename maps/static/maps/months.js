// Months as the address writes them ("2025-03", days "2025-03-01"), and in words.

const language = document.documentElement.lang || "id";
const formats = {
  month: new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }),
  short: new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" }),
  day: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
};

/** "March 2025" in the language of the page. */
export function monthName(month) {
  return formats.month.format(new Date(`${month}-01T00:00Z`));
}

export function firstDay(month) {
  return `${month}-01`;
}

export function lastDay(month) {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}

/** Both ends of a range as people say them: months where whole months are meant, days otherwise. */
export function ends(from, to) {
  const isWhole = (!from || from.endsWith("-01")) && (!to || to === lastDay(to.slice(0, 7)));
  const say = (day) => formats[isWhole ? "short" : "day"].format(new Date(`${day}T00:00Z`));
  return [from && say(from), to && say(to)];
}

/** How much of a month lies between two days, each of which may be "": "all", "part" or "none". */
export function coverage(month, from, to) {
  const [first, last] = [firstDay(month), lastDay(month)];
  if ((from && from > last) || (to && to < first)) return "none";
  return (from && from > first) || (to && to < last) ? "part" : "all";
}
