// A case on its own page: drafts are kept, and news of colleagues is told. Forms are sent by the browser.

import "./templates.js";
import "./words.js";
import * as drafts from "./drafts.js";
import { offerPin } from "./pin.js";
import { watch } from "./pulse.js";
import { leadBack } from "./returning.js";
import { read, write } from "./store.js";

const SENT = "desk.sent";
const box = document.querySelector("[data-case]");
const code = box.querySelector(".case").dataset.code;

// A page that comes with good news is the answer to what was sent: that draft has done its work.
const sent = read(sessionStorage, SENT);
if (sent?.code === code && document.querySelector(".messages .banner--success")) drafts.forget(box, sent.form);
write(sessionStorage, SENT, null);

drafts.restore(box);
drafts.keep(box);
watch(box);
offerPin(box, box.dataset.boundaries);
leadBack(document.querySelector("[data-back]"));

box.addEventListener("submit", (event) => write(sessionStorage, SENT, { code, form: event.target.id }));
box.addEventListener("click", (event) => {
  if (event.target.closest("[data-reload]")) location.reload();
});
box.querySelector("details.act[open] [aria-invalid=true]")?.focus();
