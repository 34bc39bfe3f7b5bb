// The table that says the same as the map's colours.

import { element } from "./words.js";

/** The table is open for those without scripts; with the map it starts closed. */
export function foldTable(list) {
  const table = list.querySelector(".area-table");
  if (!table) return;
  table.open = false;
  table.classList.add("is-ready");
}

/** Add a measure that the server's table does not have, or take it away with null. */
export function showColumn(list, column) {
  list.querySelectorAll("[data-extra]").forEach((cell) => cell.remove());
  list.querySelector(".area-table table")?.classList.toggle("has-extra", Boolean(column));
  if (!column) return;
  const head = element("th", "number", column.name);
  head.scope = "col";
  head.dataset.extra = "";
  list.querySelector(".area-table thead tr")?.append(head);
  for (const row of list.querySelectorAll(".area-table tfoot tr")) {
    row.append(element("td"));
    row.lastChild.dataset.extra = "";
  }
  for (const row of list.querySelectorAll(".area-table tbody tr")) {
    const reading = column.values.get(row.dataset.code);
    const cell = element("td", "number", reading?.text ?? "–");
    if (reading?.value === null) {
      cell.firstChild.replaceWith(element("span", "is-unknown", "–"), element("span", "sr-only", reading.tip));
      cell.querySelector(".is-unknown").ariaHidden = "true";
      cell.title = reading.tip;
    }
    cell.dataset.extra = "";
    row.append(cell);
  }
}
