// The list beside the map, written by the server for the same filter. New reports come in without tearing it away.

import { loadText } from "./data.js";
import { morphChildren } from "./morph.js";
import { foldTable, showColumn } from "./table.js";

const CARDS = ".latest__cards > li";

export class List {
  constructor(root, home, address) {
    this.root = root;
    this.home = home;
    this.address = address;
    foldTable(root);
  }

  /** The list of the page's filter as HTML. */
  load(options) {
    return loadText(`${this.home}?${this.address.query({ bagian: "daftar" })}`, options);
  }

  /** Add a measure that the server's table does not have, to this list and to newer ones; null takes it away. */
  showColumn(column) {
    this.column = column;
    showColumn(this.root, column);
  }

  /** Say that another list is on its way. */
  wait(isWaiting) {
    this.root.classList.toggle("is-loading", isWaiting);
  }

  /** Show the list of another filter, from its beginning. */
  show(html) {
    const held = this.root.contains(document.activeElement);
    morphChildren(this.root, parsed(html));
    this.root.scrollTop = 0;
    this.wait(false);
    if (held && !this.root.contains(document.activeElement)) this.#focusTitle();
  }

  /** Show what is new in the same list; what the reader looks at stays where it is. Returns how many are new. */
  update(html) {
    const fresh = parsed(html);
    const known = new Set(codes(this.root));
    const place = codes(fresh).findIndex((code) => known.has(code));
    const anchor = this.#anchor();
    const before = anchor?.getBoundingClientRect().top;
    morphChildren(this.root, fresh);
    showColumn(this.root, this.column ?? null);
    // The browser may have held the place itself.
    if (anchor?.isConnected) this.root.scrollTop += anchor.getBoundingClientRect().top - before;
    return place < 0 ? codes(this.root).length : place;
  }

  /** The first card that the reader sees after having scrolled; null at the beginning. */
  #anchor() {
    if (this.root.scrollTop === 0) return null;
    const { top } = this.root.getBoundingClientRect();
    return [...this.root.querySelectorAll(CARDS)].find((card) => card.getBoundingClientRect().bottom > top) ?? null;
  }

  #focusTitle() {
    const title = this.root.querySelector("h2");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
  }
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  foldTable(template.content);
  return template.content;
}

function codes(root) {
  return [...root.querySelectorAll(`${CARDS} a[href]:first-of-type`)].map((link) => link.getAttribute("href"));
}
