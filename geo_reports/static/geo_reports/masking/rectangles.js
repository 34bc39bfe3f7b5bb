// Rectangles in shares (0 to 1) of a picture's sides. Every result lies inside the picture.

export const SMALLEST = 0.01;

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Between two points, in whatever order; may be empty. */
export function between(a, b) {
  const [left, right] = [clamp(a.x, 0, 1), clamp(b.x, 0, 1)].sort((m, n) => m - n);
  const [top, bottom] = [clamp(a.y, 0, 1), clamp(b.y, 0, 1)].sort((m, n) => m - n);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Of the same size elsewhere; it stops at the edges. */
export function moved({ x, y, width, height }, dx, dy) {
  return { x: clamp(x + dx, 0, 1 - width), y: clamp(y + dy, 0, 1 - height), width, height };
}

/** Right and bottom side moved; never smaller than SMALLEST. */
export function stretched({ x, y, width, height }, dx, dy) {
  return {
    x,
    y,
    width: clamp(width + dx, Math.min(SMALLEST, 1 - x), 1 - x),
    height: clamp(height + dy, Math.min(SMALLEST, 1 - y), 1 - y),
  };
}

/** The point of a corner: "nw", "ne", "sw" or "se". */
export function cornerOf({ x, y, width, height }, corner) {
  return { x: corner.endsWith("e") ? x + width : x, y: corner.startsWith("s") ? y + height : y };
}

/** The corner that stays where it is when the named one is dragged. */
export const OPPOSITE = { nw: "se", ne: "sw", sw: "ne", se: "nw" };

export const isTooSmall = ({ width, height }) => width < SMALLEST || height < SMALLEST;
