// The bottom sheet on a phone: a line, half the screen, the full screen; by finger, mouse or key.

const HEIGHTS = ["line", "half", "full"];

export class Sheet {
  constructor(root) {
    this.root = root;
    this.handle = root.querySelector(".sheet__handle");
    this.content = root.querySelector(".sheet__content");
    this.handle.addEventListener("click", () => this.#next());
    this.handle.addEventListener("keydown", (event) => this.#key(event));
    this.handle.addEventListener("pointerdown", (event) => this.#grab(event));
    this.content.addEventListener("click", (event) => {
      if (this.height === "line" && !event.target.closest("a, button, summary")) this.set("half");
    });
    this.content.addEventListener("focusin", () => this.height === "line" && this.set("half"));
  }

  get height() {
    return this.root.dataset.height;
  }

  set(height) {
    this.root.dataset.height = height;
    this.root.style.height = "";
    this.handle.setAttribute("aria-expanded", String(height !== "line"));
    if (height === "line") this.content.scrollTop = 0;
  }

  #next() {
    if (this.wasDragged) {
      this.wasDragged = false;
      return;
    }
    this.set(HEIGHTS[(HEIGHTS.indexOf(this.height) + 1) % HEIGHTS.length]);
  }

  #key(event) {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.set(HEIGHTS[Math.min(2, Math.max(0, HEIGHTS.indexOf(this.height) + step))]);
  }

  #grab(event) {
    const startY = event.clientY;
    const startHeight = this.root.offsetHeight;
    const whole = this.root.parentElement.offsetHeight;
    this.handle.setPointerCapture(event.pointerId);
    const move = (moved) => {
      if (Math.abs(moved.clientY - startY) > 6) this.wasDragged = true;
      if (!this.wasDragged) return;
      this.root.classList.add("is-dragged");
      const height = Math.min(whole, Math.max(72, startHeight + startY - moved.clientY));
      this.root.style.height = `${height}px`;
    };
    const drop = () => {
      this.handle.removeEventListener("pointermove", move);
      this.root.classList.remove("is-dragged");
      if (this.wasDragged) this.#settle(this.root.offsetHeight / whole);
    };
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("pointerup", drop, { once: true });
    this.handle.addEventListener("pointercancel", drop, { once: true });
  }

  #settle(share) {
    if (share < 0.3) this.set("line");
    else this.set(share < 0.75 ? "half" : "full");
  }
}
