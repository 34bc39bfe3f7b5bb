// A quiet note on the map.

import { element } from "./words.js";

export class Note {
  constructor(root) {
    this.root = root;
  }

  /** Say something at the map's lower edge; for a while, or until the next note. An error stays. */
  show(text, { seconds = 0, retry = null, label = "" } = {}) {
    if (!retry && !this.root.hidden && this.root.querySelector("button")) return;
    clearTimeout(this.timer);
    this.root.replaceChildren(text);
    this.root.hidden = false;
    if (retry) {
      const button = element("button", "button", label);
      button.type = "button";
      button.addEventListener("click", retry);
      this.root.append(button);
    }
    if (seconds) this.timer = setTimeout(() => this.hide(), seconds * 1000);
  }

  hide() {
    this.root.hidden = true;
  }
}
