// Counts by status, in words with their shapes: never by colour alone.

import { element, icon, number } from "./words.js";

/** [status, count] in the order of a report's life; statuses that do not occur are left out. */
export function ordered(counts, statuses) {
  return Object.keys(statuses)
    .filter((status) => counts[status])
    .map((status) => [status, counts[status]]);
}

/** "3 Diproses, 12 Selesai" */
export function statusWords(counts, statuses) {
  return ordered(counts, statuses)
    .map(([status, count]) => `${number(count)} ${statuses[status]}`)
    .join(", ");
}

/** A list with shape, word and number of every status that occurs. */
export function statusRows(counts, statuses) {
  const list = element("ul", "status-counts plain-list");
  for (const [status, count] of ordered(counts, statuses)) {
    const shape = element("span", `status-counts__shape status--${status}`, icon(`status-${status}`));
    list.append(
      element("li", "", shape, element("span", "", statuses[status]), element("span", "number", number(count))),
    );
  }
  return list;
}
