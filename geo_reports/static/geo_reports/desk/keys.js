// Single-letter shortcuts: only while nobody is typing, and only while they are switched on (WCAG 2.1.4).

import { read, write } from "./store.js";

const SWITCH = "desk.keys";

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

/** `commands` maps a key to what it does; `escape` closes whatever is open. */
export function listen(commands, escape) {
  const dialog = document.querySelector("[data-help-dialog]");
  const toggle = document.querySelector("[data-keys-switch]");
  const hints = document.querySelector("[data-hints]");
  const help = () => dialog.showModal();

  toggle.checked = read(localStorage, SWITCH, true);
  const show = () => hints.classList.toggle("is-off", !toggle.checked);
  toggle.addEventListener("change", () => {
    write(localStorage, SWITCH, toggle.checked);
    show();
  });
  hints.hidden = false;
  show();
  document.querySelector("[data-help]").addEventListener("click", help);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      escape(event);
      return;
    }
    if (!toggle.checked || isTyping(event.target)) return;
    const command = event.key === "?" ? help : commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });
}
