// Texts that are not sent yet are kept on this device, for each person, report and field.

import { read, write } from "./store.js";
import { say } from "./texts.js";

const PREFIX = "desk.draft.";
const KEPT_MS = 14 * 24 * 3600 * 1000;

function key(box, field) {
  const user = box.closest("[data-user]")?.dataset.user ?? "";
  const code = box.querySelector(".case")?.dataset.code ?? "";
  return `${PREFIX}${user}.${code}.${field.form.id}.${field.name}`;
}

function forgetOld() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && Date.now() - (read(localStorage, name)?.at ?? 0) > KEPT_MS) {
      write(localStorage, name, null);
    }
  }
}

function fields(box) {
  return [...box.querySelectorAll("form[id^=act-] textarea")];
}

/** Bring back what was typed here before; a form that came back with errors keeps its own words. */
export function restore(box) {
  for (const field of fields(box)) {
    const draft = read(localStorage, key(box, field));
    if (!draft?.text || field.value !== "") continue;
    field.value = draft.text;
    const note = document.createElement("p");
    note.className = "hint";
    note.textContent = say("draftKept");
    field.after(note);
    const fold = field.closest("details");
    if (fold && !box.querySelector("details.act[open]")) fold.open = true;
  }
}

/** Keep what is typed from now on. */
export function keep(box) {
  box.addEventListener("input", (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA" || !field.form?.id.startsWith("act-")) return;
    write(localStorage, key(box, field), field.value ? { text: field.value, at: Date.now() } : null);
  });
}

/** The form was sent: its drafts have done their work. */
export function forget(box, formId) {
  for (const field of fields(box)) if (field.form.id === formId) write(localStorage, key(box, field), null);
}

try {
  forgetOld();
} catch {
  // A browser that keeps nothing has nothing to forget.
}
