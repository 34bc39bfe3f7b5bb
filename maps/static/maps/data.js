// What the page fetches: JSON, texts, and the outlines of areas, each of which is needed once.

/** JSON of an address; `options` as for fetch. Throws AbortError when a newer request took its place. */
export async function load(url, options = {}) {
  return (await answer(url, options)).json();
}

/** A page or a part of one. */
export async function loadText(url, options = {}) {
  return (await answer(url, options)).text();
}

/** Whether an error only says that nobody waits for the answer any more. */
export function isOutdated(error) {
  return error.name === "AbortError";
}

async function answer(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response;
}

export class Outlines {
  #levels = new Map();

  constructor(urls) {
    this.urls = urls;
  }

  /** The features of a level; asked once, again only after a failure. */
  of(level) {
    if (!this.#levels.has(level)) {
      const loading = load(this.urls[level]).then((collection) => collection.features);
      loading.catch(() => this.#levels.delete(level));
      this.#levels.set(level, loading);
    }
    return this.#levels.get(level);
  }
}

/** The name of an area in one of its properties; its code when it is not there. */
export function nameOf(features, code, property) {
  return features.find(({ properties }) => properties.code === code)?.properties[property] ?? code;
}
