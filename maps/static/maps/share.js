// The address of what is seen now: through the device's own sheet, or into the clipboard.

import { writePosition } from "./position.js";

/** The full address of this view, also where the map was not moved by hand. */
export function viewAddress(map, address, more = {}) {
  const peta = writePosition(map.getZoom(), map.getCenter());
  const query = address.pageQuery({ peta, embed: "", ...more });
  return `${window.location.origin}${window.location.pathname}?${query}`;
}

/** Copy a text; whether it worked. Old browsers and plain http have no clipboard. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Press to share; what happened is said on the map. */
export function shareButton({ map, address, note, texts }) {
  const button = document.getElementById("bagikan");
  button?.addEventListener("click", async () => {
    const url = viewAddress(map, address);
    if (navigator.share) {
      await navigator.share({ title: document.title, url }).catch(() => {});
      return;
    }
    if (await copied(url)) note.show(texts.copied, { seconds: 5 });
    else note.show(`${texts.copyByHand} ${url}`, { seconds: 30 });
  });
}
