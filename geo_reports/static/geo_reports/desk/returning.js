// Coming back to the list finds it as it was left: the same page of the same pile, at the same row.

import { read, write } from "./store.js";

const KEY = "desk.list";

/** Remember the list when it is left. */
export function remember(list) {
  window.addEventListener("pagehide", () => {
    const address = location.pathname + location.search;
    const code = list.current?.dataset.code ?? "";
    write(sessionStorage, KEY, { address, top: window.scrollY, inner: list.root.scrollTop, code });
  });
  const left = read(sessionStorage, KEY);
  if (left?.address !== location.pathname + location.search) return;
  const row = list.row(left.code);
  if (row) list.mark(row);
  list.root.scrollTop = left.inner;
  window.scrollTo(0, left.top);
}

/** The link on a case's own page leads to the list as it was left. */
export function leadBack(link) {
  const left = read(sessionStorage, KEY);
  if (link && left?.address.startsWith(link.pathname)) link.href = left.address;
}
