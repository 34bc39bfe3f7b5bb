// Which rows are ticked: the bar with what can be done to them appears, and counts.

import { say } from "./texts.js";

export function startChoosing(list) {
  const bar = list.root.querySelector("[data-bulk]");
  if (!bar) return;
  const all = list.root.querySelector("[data-all]");
  const whole = bar.querySelector("[name=semua]");
  const boxes = () => [...list.root.querySelectorAll('.desk-row input[name="kode"]')];
  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent = say("chosen", { n: chosen });
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
    if (!all.checked) whole.checked = false;
    for (const row of list.rows) row.classList.toggle("is-chosen", row.querySelector('input[name="kode"]').checked);
    bar.querySelector(".desk-bulk__all").hidden = !all.checked;
  };
  all.hidden = false;
  bar.dataset.isLive = "";
  all.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    show();
  });
  list.root.addEventListener("change", (event) => {
    if (event.target.name === "kode") show();
  });
  window.addEventListener("pageshow", show); // going back finds the boxes as they were ticked
  show();
}
