// The one question that settles who answers: is it on that road, or beside it?

export class Question {
  #box;
  #answered;

  constructor(box, answered) {
    this.#box = box;
    this.#answered = answered;
    box.addEventListener("change", () => answered());
  }

  /** The value of the chosen option, or "". */
  get answer() {
    return this.#box.querySelector("input:checked")?.value ?? "";
  }

  /** Shows the options; one that was chosen stays to be seen and changed, although it is settled now. */
  show(options) {
    if (options.length === 0 && this.answer) return;
    this.#box.hidden = options.length === 0;
    const list = this.#box.querySelector("[data-options]");
    list.replaceChildren(...options.map(({ value, label }) => this.#option(value, label)));
  }

  /** Another place, another question. */
  forget() {
    this.#box.hidden = true;
    this.#box.querySelector("[data-options]").replaceChildren();
  }

  #option(value, label) {
    const element = document.createElement("label");
    element.className = "check";
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "jawaban";
    input.value = value;
    const text = document.createElement("span");
    text.textContent = label;
    element.append(input, text);
    return element;
  }
}
