// Sentences and settings that the server wrote into the page.

const texts = JSON.parse(document.getElementById("mask-texts").textContent);

export const settings = JSON.parse(document.getElementById("mask-settings").textContent);

export function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_match, key) => String(values[key] ?? ""));
}

/** "kiri 10%, atas 20%, ..." */
export function place(region) {
  const percent = (share) => Math.round(share * 100);
  return say("place", {
    x: percent(region.x),
    y: percent(region.y),
    width: percent(region.width),
    height: percent(region.height),
  });
}
