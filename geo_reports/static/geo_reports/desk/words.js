// Marking words to cover. A custom element, so that it wakes up wherever a case is shown, page or panel.
// Without this script the form's other fields do the same.

const points = (text) => [...text].length;

class WordMarker extends HTMLElement {
  #last = null;

  connectedCallback() {
    this.field = this.closest("form").elements.namedItem("marked");
    this.list = this.querySelector("[data-list]");
    this.said = this.querySelector("[data-said]");
    this.querySelector("[data-enhanced]").hidden = false;
    for (const part of this.querySelectorAll("[data-part]")) this.#prepare(part);
    this.querySelector("[data-add]").addEventListener("click", () => this.#add());
    this.#show();
  }

  // Browsers show no caret where nothing may be written, and without one a keyboard cannot mark.
  #prepare(part) {
    part.readOnly = false;
    part.inputMode = "none";
    part.setAttribute("aria-readonly", "true");
    part.addEventListener("beforeinput", (event) => event.preventDefault());
    part.addEventListener("focus", () => {
      this.#last = part;
    });
  }

  get #spans() {
    try {
      return JSON.parse(this.field.value || "[]");
    } catch {
      return [];
    }
  }

  set #spans(spans) {
    this.field.value = spans.length ? JSON.stringify(spans) : "";
    this.#show();
  }

  #add() {
    const part = this.#last;
    const [from, to] = part ? [part.selectionStart, part.selectionEnd] : [0, 0];
    const words = part?.value.slice(from, to) ?? "";
    this.said.textContent = words.trim() ? "" : this.dataset.none;
    if (!words.trim()) return;
    // The server counts characters, the browser halves of them.
    const start = points(part.value.slice(0, from)) + points(words) - points(words.trimStart());
    const span = [part.dataset.part, start, start + points(words.trim())];
    this.#spans = [...this.#spans.filter((each) => String(each) !== String(span)), span];
    part.setSelectionRange(to, to);
  }

  #show() {
    const spans = this.#spans;
    this.list.replaceChildren(...spans.map((span, at) => this.#item(span, at)));
    this.list.hidden = spans.length === 0;
  }

  #item([name, start, end], at) {
    const part = this.querySelector(`[data-part="${name}"]`);
    const words = [...part.value].slice(start, end).join("");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip chip--link";
    button.setAttribute("aria-label", `${this.dataset.remove}: ${words}`);
    button.append(words.length > 40 ? `${words.slice(0, 40)}…` : words, " ×");
    button.addEventListener("click", () => {
      this.#spans = this.#spans.filter((_span, other) => other !== at);
      this.querySelector("[data-add]").focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }
}

customElements.define("word-marker", WordMarker);
