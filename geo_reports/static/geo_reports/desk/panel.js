// The panel beside the list: shows a case as the server writes it, sends its forms, and takes in the answer.

import * as drafts from "./drafts.js";
import { say } from "./texts.js";
import { collect, fillIn } from "./typed.js";

const PART = { "X-Desk-Part": "case" };

export class Panel extends EventTarget {
  #request = null;

  constructor(panel) {
    super();
    this.panel = panel;
    this.box = panel.querySelector("[data-case]");
    this.link = panel.querySelector("[data-panel-link]");
    this.code = "";
    this.box.addEventListener("submit", (event) => this.#submit(event));
    this.box.addEventListener("click", (event) => {
      if (event.target.closest("[data-reload]")) this.show(this.code, this.link.href, { focus: true });
    });
    this.box.addEventListener(
      "toggle",
      (event) => {
        if (event.target.open) event.target.scrollIntoView({ block: "nearest" });
      },
      true,
    );
    drafts.keep(this.box);
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  get title() {
    return this.box.querySelector("#case-title");
  }

  /** The form or fold of an act in the case that is shown. */
  act(slug) {
    return this.box.querySelector(`[data-act="${slug}"]`);
  }

  /** Fetch and show a case. Resolves to whether it is shown. */
  async show(code, url, { focus = false } = {}) {
    const typed = this.code === code ? collect(this.box) : [];
    this.#request?.abort();
    this.#request = new AbortController();
    this.panel.hidden = false;
    this.panel.setAttribute("aria-busy", "true");
    this.link.href = url;
    if (this.code !== code) this.#wait();
    this.code = code;
    try {
      const response = await fetch(url, { headers: PART, signal: this.#request.signal, cache: "no-store" });
      if (!(await this.#take(response, typed))) return false;
    } catch (error) {
      if (error.name === "AbortError") return false;
      this.#say(say("failed"));
    }
    this.panel.removeAttribute("aria-busy");
    if (focus) this.title?.focus();
    return true;
  }

  close() {
    this.#request?.abort();
    this.panel.hidden = true;
    this.code = "";
    this.box.replaceChildren();
  }

  #wait() {
    this.panel.scrollTop = 0;
    const lines = [1, 2, 3, 4].map(() => {
      const line = document.createElement("p");
      line.className = "skeleton skeleton--line";
      return line;
    });
    this.box.replaceChildren(...lines);
  }

  #say(sentence) {
    const words = document.createElement("p");
    words.className = "banner banner--error";
    words.setAttribute("role", "alert");
    words.textContent = sentence;
    this.box.querySelector("[data-network]")?.remove();
    words.dataset.network = "";
    this.box.prepend(words);
  }

  /** Show the case that a response carries; any other page is gone to as a whole. */
  async #take(response, typed) {
    const html = await response.text();
    const parsed = new DOMParser().parseFromString(`<div>${html}</div>`, "text/html");
    const root = parsed.body.firstElementChild;
    if (/<html/i.test(html.slice(0, 500)) || !root.querySelector(".case")) {
      location.assign(response.url);
      return false;
    }
    const row = root.querySelector("template[data-row]");
    const fresh = row?.content.querySelector(".desk-row") ?? null;
    row?.remove();
    this.box.replaceChildren(...root.childNodes);
    fillIn(this.box, typed);
    drafts.restore(this.box);
    const isGone = this.box.querySelector("[data-gone]") !== null;
    this.dispatchEvent(new CustomEvent("case", { detail: { code: this.code, row: fresh, isGone } }));
    return true;
  }

  #submit(event) {
    const form = event.target;
    if (form.method !== "post" || form.target) return;
    event.preventDefault();
    this.send(form, event.submitter);
  }

  /** Send a form about the case that is shown, and show what the server answers. */
  async send(form, submitter = null) {
    const button = submitter ?? form.querySelector("button:not([type=button])");
    if (button?.getAttribute("aria-disabled") === "true") return;
    button?.setAttribute("aria-disabled", "true");
    const typed = collect(this.box, form.id);
    const files = [...form.querySelectorAll("input[type=file]")].map((control) => ({ form: form.id, control }));
    try {
      const body = new FormData(form, submitter);
      const response = await fetch(form.action, { method: "POST", body, headers: PART, cache: "no-store" });
      if (response.status >= 500) throw new Error(String(response.status));
      const isRefused = response.status === 422;
      const sent = form.id;
      const keepsDraft = isRefused || submitter?.hasAttribute("formnovalidate");
      if (response.ok && !keepsDraft) drafts.forget(this.box, sent);
      if (!(await this.#take(response, isRefused ? [...typed, ...files] : typed))) return;
      this.#settle(keepsDraft, sent);
    } catch {
      button?.removeAttribute("aria-disabled");
      this.#say(say("notSent"));
    }
  }

  #settle(isRefused, formId) {
    if (isRefused) {
      const form = this.box.querySelector(`#${CSS.escape(formId)}`);
      const wrong = form?.querySelector("[aria-invalid=true]") ?? form?.querySelector("textarea, input:not([type=hidden]), button");
      wrong?.focus();
      form?.scrollIntoView({ block: "nearest" });
      return;
    }
    this.panel.scrollTop = 0;
    this.title?.focus({ preventScroll: true });
    this.dispatchEvent(new Event("done"));
  }
}
