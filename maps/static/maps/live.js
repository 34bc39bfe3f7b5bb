// An open page asks again from time to time whether something is new: only while it is looked at, less often
// while nothing answers, and it says when what it shows is old.

const PERIOD_MS = 20_000;
const LONGEST_MS = 300_000;
const OLD_MS = 45_000;

export class Live {
  #failures = 0;
  #last = Date.now();

  /**
   * @param check asks and shows; fails when nothing answers
   * @param onAge called with the time of the last answer when the page got old, null when it is not any more
   */
  constructor(check, onAge) {
    this.check = check;
    this.onAge = onAge;
    document.addEventListener("visibilitychange", () => this.#wake());
    window.addEventListener("online", () => this.#wake());
    this.#schedule();
  }

  #wake() {
    if (document.hidden) clearTimeout(this.timer);
    else this.#schedule(Math.max(0, this.#last + PERIOD_MS - Date.now()));
  }

  #schedule(wait = Math.min(LONGEST_MS, PERIOD_MS * 2 ** this.#failures)) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    if (document.hidden) return;
    try {
      await this.check();
      this.#failures = 0;
      this.#last = Date.now();
      this.onAge(null);
    } catch (error) {
      this.#failures += 1;
      if (Date.now() - this.#last > OLD_MS) this.onAge(new Date(this.#last));
      console.debug(error);
    }
    this.#schedule();
  }
}
