// Sentences that the server wrote into the page.

const texts = JSON.parse(document.getElementById("desk-texts").textContent);

export function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (_match, key) => String(values[key] ?? ""));
}
