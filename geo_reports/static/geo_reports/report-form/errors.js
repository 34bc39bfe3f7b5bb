// Errors in words: next to the field, and all of them in a summary at the top.

const summary = document.getElementById("error-summary");

/** Show one field's sentence, or take it away with "". */
export function showError(name, sentence) {
  const line = document.querySelector(`[data-error="${name}"]`);
  if (!line) return;
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence;
  const field = document.querySelector(`#${name}.input, #${name}.textarea, #${name}.select`);
  if (sentence) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
}

export function clearErrors() {
  summary.hidden = true;
  for (const line of document.querySelectorAll("[data-error]")) showError(line.dataset.error, "");
}

/** `errors` maps a field ("" is the whole form) to sentences. Moves the focus to the summary. */
export function showErrors(errors) {
  const entries = Object.entries(errors).sort(([a], [b]) => position(a) - position(b));
  const items = entries.flatMap(([name, sentences]) => sentences.map((text) => item(name, text)));
  summary.querySelector("ul").replaceChildren(...items);
  for (const [name, sentences] of Object.entries(errors)) showError(name, sentences.join(" "));
  if (errors.website) document.querySelector(".trap").dataset.sprung = "";
  summary.hidden = false;
  summary.focus();
}

/** Where a field stands on the page, so that the summary reads from top to bottom. */
function position(name) {
  return [...document.querySelectorAll("[data-error]")].findIndex((line) => line.dataset.error === name);
}

function item(name, text) {
  const line = document.createElement("li");
  if (!name) {
    line.textContent = text;
    return line;
  }
  const link = document.createElement("a");
  link.href = `#${name}`;
  link.textContent = text;
  line.append(link);
  return line;
}
