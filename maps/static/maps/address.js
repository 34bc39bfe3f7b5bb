// The page's state lives in the address: filters, area, measure and where the map was moved to. Nothing else keeps it.

export const FILTERS = ["kategori", "status", "skpd", "kecamatan", "kelurahan", "dari", "sampai", "q"];
const POSITION = "peta";
// What the page itself reads, and no other address.
const OWN = ["ukuran", POSITION, "embed"];

export class Address {
  #values = new Map();

  /** @param {(address: Address) => void} onChange called after every change, also by the back button */
  constructor(onChange, { isRefused = false } = {}) {
    // The server could not use this address and shows everything: so does the map.
    if (isRefused) window.history.replaceState(null, "", withoutFilters());
    this.#read();
    this.onChange = onChange;
    window.addEventListener("popstate", () => {
      this.#read();
      this.onChange(this);
    });
  }

  get(name) {
    return this.#values.get(name) ?? "";
  }

  list(name) {
    return this.get(name).split(",").filter(Boolean);
  }

  /** Whether anything is filtered out. */
  get isFiltered() {
    return FILTERS.some((name) => this.get(name));
  }

  /** The query string that every endpoint understands; `more` is added or replaces. */
  query(more = {}) {
    const query = new URLSearchParams();
    for (const name of FILTERS) {
      if (this.get(name)) query.set(name, this.get(name));
    }
    for (const [name, value] of Object.entries(more)) {
      if (value === "") query.delete(name);
      else query.set(name, value);
    }
    return query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  }

  /** Change some values. Going to another area is a step that "back" undoes; a filter is not. */
  set(changes) {
    const isStep = "kecamatan" in changes || "kelurahan" in changes;
    const before = this.#href();
    // Another area is shown whole, wherever the map was.
    if (isStep) this.#values.set(POSITION, "");
    for (const [name, value] of Object.entries(changes)) this.#values.set(name, value);
    const href = this.#href();
    if (href === before) return;
    if (isStep) window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
    this.onChange(this);
  }

  /** Remember where the map is: nothing on the page follows from it. */
  note(position) {
    this.#values.set(POSITION, position);
    window.history.replaceState(null, "", this.#href());
  }

  /** The query of this page as it is now, with `more` added or replaced. */
  pageQuery(more = {}) {
    const own = Object.fromEntries(OWN.filter((name) => this.get(name)).map((name) => [name, this.get(name)]));
    return this.query({ ...own, ...more });
  }

  #href() {
    const query = this.pageQuery();
    return query ? `?${query}` : window.location.pathname;
  }

  #read() {
    const query = new URLSearchParams(window.location.search);
    this.#values = new Map(
      [...FILTERS, ...OWN].map((name) => [name, query.getAll(name).filter(Boolean).join(",")]),
    );
  }
}

function withoutFilters() {
  const query = new URLSearchParams(window.location.search);
  for (const name of FILTERS) query.delete(name);
  return query.size ? `?${query}` : window.location.pathname;
}
