// While a case is open: has somebody else changed it? Asked every 20 seconds, only while it is in sight.

import { say } from "./texts.js";

const EVERY_MS = 20_000;

async function ask(article) {
  const { pulse, version, shownAt } = article.dataset;
  const response = await fetch(`${pulse}?${new URLSearchParams({ sejak: shownAt })}`, {
    headers: { "If-None-Match": `"${version}"` },
    cache: "no-store",
  });
  if (response.status !== 200 || response.redirected) return;
  const { who, what, version: now } = await response.json();
  if (String(now) === version) return;
  article.querySelector("[data-stale]").textContent = who ? say("changed", { who, what }) : say("changedBySomebody");
  article.querySelector(".case__stale").hidden = false;
}

/** Watch whatever case `box` shows. */
export function watch(box) {
  setInterval(() => {
    const article = box.querySelector(".case[data-pulse]");
    if (!article || document.hidden || !box.checkVisibility()) return;
    if (!article.querySelector(".case__stale").hidden) return;
    ask(article).catch(() => {}); // without network the next act will say it
  }, EVERY_MS);
}
