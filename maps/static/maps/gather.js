// Cells whose circles would overlap on the screen become one; their numbers add up. Knows no map.

const PIN_PX = 30;
const LARGEST_PX = 58;
const APART_PX = 2;
const BUCKET_PX = LARGEST_PX + APART_PX;

/** How wide a marker for so many reports is, in pixels. */
export function diameter(count) {
  return count === 1 ? PIN_PX : Math.round(Math.min(LARGEST_PX, PIN_PX + 9.8 * Math.log10(count)));
}

/**
 * Join what would overlap. `cells` have x and y in pixels, `scale` is how many pixels of the screen
 * one of them takes. The larger takes in the smaller, so that the picture stays when the map moves.
 */
export function gather(cells, scale = 1) {
  let found = cells;
  for (let before = Infinity; found.length < before; ) {
    before = found.length;
    found = once(found, scale);
  }
  return found.sort((a, b) => a.y - b.y || a.x - b.x);
}

function once(cells, scale) {
  const buckets = new Map();
  const apart = [];
  const order = [...cells].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  for (const cell of order) {
    const column = Math.floor((cell.x * scale) / BUCKET_PX);
    const row = Math.floor((cell.y * scale) / BUCKET_PX);
    const other = touching(cell, buckets, column, row, scale);
    if (other) {
      other.parts.push(cell);
      continue;
    }
    const kept = { cell, parts: [cell] };
    apart.push(kept);
    const name = `${column}/${row}`;
    if (buckets.has(name)) buckets.get(name).push(kept);
    else buckets.set(name, [kept]);
  }
  return apart.map(({ cell, parts }) => (parts.length === 1 ? cell : joined(parts)));
}

function touching(cell, buckets, column, row, scale) {
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const near = buckets.get(`${column + dx}/${row + dy}`) ?? [];
      const found = near.find((other) => overlap(other.cell, cell, scale));
      if (found) return found;
    }
  }
  return undefined;
}

function overlap(a, b, scale) {
  const apart = (diameter(a.count) + diameter(b.count)) / 2 + APART_PX;
  return Math.hypot(a.x - b.x, a.y - b.y) * scale < apart;
}

function joined(parts) {
  const [largest] = parts;
  const sum = (of) => parts.reduce((all, part) => all + of(part), 0);
  const count = sum((part) => part.count);
  return {
    ...largest,
    key: largest.cells[0],
    cells: parts.flatMap((part) => part.cells),
    x: sum((part) => part.x * part.count) / count,
    y: sum((part) => part.y * part.count) / count,
    count,
    open: sum((part) => part.open),
    counts: total(parts),
    report: null,
  };
}

/** The counts per status of some cells together. */
export function total(cells) {
  const counts = {};
  for (const cell of cells) {
    for (const [status, count] of Object.entries(cell.counts)) counts[status] = (counts[status] ?? 0) + count;
  }
  return counts;
}
