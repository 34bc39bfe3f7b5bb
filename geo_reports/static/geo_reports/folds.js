// Folds marked `data-open-when-wide` start open where there is room; on a phone they stay closed.

if (window.matchMedia("(min-width: 64em)").matches) {
  for (const fold of document.querySelectorAll("details[data-open-when-wide]")) fold.open = true;
}
