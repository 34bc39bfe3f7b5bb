// Make a part of the page like a newer one without tearing it away: what stays the same keeps its
// elements, and with them focus, selection and what somebody folded open.

const KEPT = new Set(["open"]); // attributes that belong to the reader

/** What an element stands for, "" when only its place says so. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  return node.dataset.code ?? (node.localName === "li" ? (node.querySelector("a[href]")?.getAttribute("href") ?? "") : "");
}

/** Give `live` the attributes and children of `fresh`, which is used up. */
export function morph(live, fresh) {
  for (const { name } of [...live.attributes]) {
    if (!KEPT.has(name) && !fresh.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!KEPT.has(name) && live.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  morphChildren(live, fresh);
}

/** Give `live` the children of `fresh`. */
export function morphChildren(live, fresh) {
  const known = new Map([...live.children].map((child) => [keyOf(child), child]).filter(([key]) => key));
  const wanted = new Set([...fresh.children].map(keyOf));
  let place = live.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = partner(child, place, known);
    if (!match) {
      live.insertBefore(child, place);
      continue;
    }
    // What stands before the partner and does not come again is gone.
    while (place !== match && isBefore(place, match) && !isComing(place, wanted)) place = removed(place);
    if (match === place) place = place.nextSibling;
    else live.insertBefore(match, place);
    if (match.nodeType === Node.ELEMENT_NODE) morph(match, child);
    else if (match.data !== child.data) match.data = child.data;
  }
  while (place) place = removed(place);
}

/** The node that `child` is the newer form of: by its key, else the one in its place. */
function partner(child, place, known) {
  const key = keyOf(child);
  if (!key) return nextAlike(child, place);
  const match = known.get(key);
  known.delete(key);
  return match?.nodeName === child.nodeName ? match : null;
}

/** The first element of the same kind from `place` on; a text only in its own place. */
function nextAlike(child, place) {
  for (let node = place; node; node = node.nextSibling) {
    if (node.nodeName === child.nodeName && !keyOf(node)) return node;
    if (child.nodeType !== Node.ELEMENT_NODE) return null;
  }
  return null;
}

function isComing(node, wanted) {
  const key = keyOf(node);
  return Boolean(key) && wanted.has(key);
}

function isBefore(a, b) {
  return Boolean(a && a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
