// Names and numbers on the areas, placed so that none covers another: moved, or cut to the number, or hidden.

// How far a label may move from the middle of its area before it gives up its name, in pixels, nearest first.
const STEPS = [0, -8, 8, -16, 16, -24, 24, -32, 32, -40, 40];
const NUDGES = STEPS.flatMap((x) => STEPS.map((y) => [x, y])).sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
const ROUNDS = 6;
// What floats over the map's edges: a neighbour's name half below it helps nobody.
const FLOATING = ".map-search, .chip-menu__chip, .crumbs, .map-tools, .legend, .timeline";

/** Arrange `labels` of {node, box, isContext, size, holds(dx, dy)}; neighbours' names stay only where it is free. */
export function arrange(labels) {
  const ours = labels.filter((label) => !label.isContext);
  measure(labels);
  const { taken, spots } = best(ours);
  if (ours.length < labels.length) taken.push(...floating());
  for (const label of labels) {
    const spot = label.isContext ? place(label, taken, ["full"], [[0, 0]]) : spots.get(label);
    label.node.classList.toggle("is-hidden", !spot);
    label.node.classList.toggle("is-short", spot?.form === "short");
    label.box.style.translate = spot ? `${spot.dx}px ${spot.dy}px` : "";
  }
}

/** Where each label would stand unmoved, with its name and without. */
function measure(labels) {
  for (const { node, box } of labels) {
    node.classList.remove("is-hidden");
    box.style.translate = "";
  }
  for (const form of ["short", "full"]) {
    for (const { node } of labels) node.classList.toggle("is-short", form === "short");
    for (const label of labels) label[form] = label.box.getBoundingClientRect();
  }
}

/** Small areas choose first, in later rounds those who had lost their name; the round that keeps most names. */
function best(labels) {
  let order = [...labels].sort((a, b) => a.size - b.size);
  let last = attempt(order);
  let found = last;
  for (let round = 1; round < ROUNDS && last.lost.length; round += 1) {
    order = [...last.lost, ...order.filter((label) => !last.lost.includes(label))];
    last = attempt(order);
    if (last.lost.length < found.lost.length) found = last;
  }
  return found;
}

function attempt(order) {
  const taken = [];
  const spots = new Map(order.map((label) => [label, place(label, taken, ["full", "short"], NUDGES)]));
  return { taken, spots, lost: order.filter((label) => spots.get(label)?.form !== "full") };
}

/** The first free spot for a label, added to `taken`; undefined when there is none. */
function place(label, taken, forms, nudges) {
  for (const form of forms) {
    for (const [dx, dy] of nudges) {
      const at = label[form];
      const moved = { left: at.left + dx, right: at.right + dx, top: at.top + dy, bottom: at.bottom + dy };
      if (taken.some((other) => touch(moved, other))) continue;
      if ((dx || dy) && !label.holds(dx, dy)) continue;
      taken.push(moved);
      return { form, dx, dy };
    }
  }
  return undefined;
}

function touch(a, b) {
  return a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom + 1 && b.top < a.bottom + 1;
}

function floating() {
  return [...document.querySelectorAll(FLOATING)].map((node) => node.getBoundingClientRect());
}
