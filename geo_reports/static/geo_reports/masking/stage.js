// The photo with its regions on top: drawn, moved and resized by mouse, finger, pen or keyboard.

import { between, cornerOf, isTooSmall, moved, OPPOSITE, stretched } from "./rectangles.js";
import { place, say } from "./texts.js";

const CORNERS = ["nw", "ne", "sw", "se"];
const STEP = 0.01;
const STAY = { preventScroll: true };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Stage {
  #root;
  #boxes = new Map();
  #handles = [];
  #drag = null;

  /** `actions`: draw(rectangle) gives a new region or null; selected(), select(region),
   *  change(region, rectangle), remove(region), discard(region): as if it had never been. */
  constructor(root, actions) {
    this.#root = root;
    this.actions = actions;
    this.#handles = CORNERS.map((corner) => {
      const handle = document.createElement("span");
      handle.className = `mask-handle mask-handle--${corner}`;
      handle.dataset.corner = corner;
      handle.hidden = true;
      return handle;
    });
    root.append(...this.#handles);
    root.addEventListener("pointerdown", (event) => this.#start(event));
    root.addEventListener("pointermove", (event) => this.#follow(event));
    root.addEventListener("pointerup", () => this.#end());
    root.addEventListener("pointercancel", () => this.#cancel());
    root.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Draw what there is; elements of regions that stay are kept, so that focus and drags survive. */
  show(regions, selected) {
    for (const [region, box] of this.#boxes) {
      if (regions.includes(region)) continue;
      box.remove();
      this.#boxes.delete(region);
    }
    regions.forEach((region, index) => this.#showOne(region, index + 1, region === selected));
    for (const handle of this.#handles) handle.hidden = !selected;
    if (selected) setPlace(this.#root, "--chosen", selected);
  }

  focus(region, options) {
    this.#boxes.get(region)?.focus(options);
  }

  #showOne(region, number, isSelected) {
    let box = this.#boxes.get(region);
    if (!box) {
      box = document.createElement("div");
      box.tabIndex = 0;
      box.setAttribute("role", "application"); // arrow keys belong to the region, also with a screen reader
      box.setAttribute("aria-roledescription", say("role"));
      box.setAttribute("aria-describedby", "mask-help");
      box.addEventListener("focus", () => this.actions.select(region));
      this.#boxes.set(region, box);
      this.#root.insertBefore(box, this.#handles[0]);
    }
    box.className = `mask mask--${region.kind}`;
    box.classList.toggle("is-selected", isSelected);
    box.dataset.number = number;
    box.setAttribute("aria-label", `${say("region", { n: number })}, ${say(region.kind)}: ${place(region)}`);
    setPlace(box, "--mask", region);
  }

  #regionOf(element) {
    const box = element.closest(".mask");
    return [...this.#boxes].find(([, other]) => other === box)?.[0] ?? null;
  }

  #point(event) {
    const frame = this.#root.getBoundingClientRect();
    return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
  }

  #start(event) {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault(); // no selected text, no dragged picture
    this.#root.setPointerCapture(event.pointerId);
    const start = this.#point(event);
    const { corner } = event.target.dataset;
    if (corner) {
      const region = this.actions.selected();
      const before = { ...region };
      const [fixed, free] = [cornerOf(region, OPPOSITE[corner]), cornerOf(region, corner)];
      // The handle stands beside the corner: the corner moves as the pointer does, it does not jump to it.
      const follow = ({ x, y }) => between(fixed, { x: free.x + x - start.x, y: free.y + y - start.y });
      this.#drag = { region, before, next: follow };
      return;
    }
    const region = this.#regionOf(event.target);
    if (region) {
      this.focus(region, STAY);
      const before = { ...region };
      this.#drag = { region, before, next: (point) => moved(before, point.x - start.x, point.y - start.y) };
      return;
    }
    document.activeElement?.blur();
    this.actions.select(null);
    this.#drag = { region: null, before: null, next: (point) => between(start, point) };
  }

  #follow(event) {
    if (!this.#drag) return;
    const rectangle = this.#drag.next(this.#point(event));
    if (isTooSmall(rectangle)) return;
    this.#drag.region ??= this.actions.draw(rectangle);
    if (this.#drag.region) this.actions.change(this.#drag.region, rectangle);
  }

  #end() {
    if (this.#drag?.region) this.focus(this.#drag.region, STAY);
    this.#drag = null;
  }

  // A second finger for zooming, or a call coming in: as if nothing had been touched.
  #cancel() {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.before) this.actions.change(drag.region, drag.before);
    else if (drag?.region) this.actions.discard(drag.region);
  }

  #key(event) {
    const region = this.#regionOf(event.target);
    if (!region || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const change = event.shiftKey ? stretched : moved;
      this.actions.change(region, change(region, arrow[0] * STEP, arrow[1] * STEP));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.actions.remove(region);
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** CSS reads left, top, right and bottom from custom properties; a style attribute in the page would be blocked. */
function setPlace(element, prefix, { x, y, width, height }) {
  const sides = { left: x, top: y, right: x + width, bottom: y + height };
  for (const [side, share] of Object.entries(sides)) element.style.setProperty(`${prefix}-${side}`, `${share * 100}%`);
}
