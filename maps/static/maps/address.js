// The page's state lives in the address: filters, area and measure. Nothing else keeps it.

export const FILTERS = ["kategori", "status", "skpd", "kecamatan", "kelurahan", "dari", "sampai", "q"];
const MEASURE = "ukuran";

export class Address {
  #values = new Map();

  /** @param {(address: Address) => void} onChange called after every change, also by the back button */
  constructor(onChange, { isRefused = false } = {}) {
    // The server could not use this address and shows everything: so does the map.
    if (isRefused) window.history.replaceState(null, "", window.location.pathname);
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
    return query.toString().replaceAll("%2C", ",");
  }

  /** Change some values. Going to another area is a step that "back" undoes; a filter is not. */
  set(changes) {
    const isStep = "kecamatan" in changes || "kelurahan" in changes;
    const before = this.#href();
    for (const [name, value] of Object.entries(changes)) this.#values.set(name, value);
    const href = this.#href();
    if (href === before) return;
    if (isStep) window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
    this.onChange(this);
  }

  #href() {
    const query = this.query(this.get(MEASURE) ? { [MEASURE]: this.get(MEASURE) } : {});
    return query ? `?${query}` : window.location.pathname;
  }

  #read() {
    const query = new URLSearchParams(window.location.search);
    this.#values = new Map(
      [...FILTERS, MEASURE].map((name) => [name, query.getAll(name).filter(Boolean).join(",")]),
    );
  }
}
