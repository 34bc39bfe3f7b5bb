// Asks the server which kelurahan a point is in and who would answer; the latest question wins.

export class Router {
  #url;
  #abort = null;
  #timer = 0;

  constructor(url) {
    this.#url = url;
  }

  /** Resolves to the answer, to null when there is no network; never when a newer question came. */
  ask({ lon, lat, category, street, accuracy, answer }) {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    return new Promise((resolve) => {
      this.#timer = setTimeout(async () => {
        try {
          const query = new URLSearchParams({
            lon: lon.toFixed(6), lat: lat.toFixed(6), kategori: category, jalan: street, akurasi: accuracy, jawaban: answer,
          });
          const response = await fetch(`${this.#url}?${query}`, {
            signal: abort.signal,
            headers: { Accept: "application/json" },
          });
          resolve(await response.json());
        } catch {
          if (!abort.signal.aborted) resolve(null);
        }
      }, 250);
    });
  }
}
