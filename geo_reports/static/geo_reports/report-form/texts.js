// Sentences and settings that the server wrote into the page.

const texts = JSON.parse(document.getElementById("report-texts").textContent);

export const settings = JSON.parse(document.getElementById("report-settings").textContent);

export function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_match, key) => String(values[key] ?? ""));
}
