// The rows of the queue: which one is current, which are chosen, and taking in what changed.

export class List {
  constructor(root) {
    this.root = root;
    this.current = null;
    this.listeners = [];
    root.addEventListener("focusin", (event) => {
      const row = event.target.closest(".desk-row");
      if (row) this.mark(row);
    });
  }

  get rows() {
    return [...this.root.querySelectorAll(".desk-row")];
  }

  row(code) {
    return this.rows.find((row) => row.dataset.code === code) ?? null;
  }

  link(row) {
    return row.querySelector("[data-open]");
  }

  /** Call `listener(row)` whenever another row becomes the current one. */
  onCurrent(listener) {
    this.listeners.push(listener);
  }

  mark(row) {
    if (row === this.current) return;
    this.current?.classList.remove("is-current");
    this.current = row;
    row.classList.add("is-current");
    for (const listener of this.listeners) listener(row);
  }

  /** The row `step` further on becomes current and gets the focus; the ends of the list stop. */
  move(step) {
    const rows = this.rows;
    if (!rows.length) return null;
    const at = rows.indexOf(this.current);
    const row = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    this.focus(row);
    return row;
  }

  focus(row) {
    this.link(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  choose(row) {
    const box = row.querySelector('input[name="kode"]');
    if (box) box.click();
  }

  /** Put a fresh row in the place of the old one; the focus stays where it was. */
  replace(code, fresh) {
    const old = this.row(code);
    if (!old) return;
    const hadFocus = old.contains(document.activeElement);
    const chosen = old.querySelector('input[name="kode"]')?.checked;
    fresh.classList.toggle("is-open", old.classList.contains("is-open"));
    fresh.classList.toggle("is-moved", old.dataset.status !== fresh.dataset.status || old.classList.contains("is-moved"));
    old.replaceWith(fresh);
    const box = fresh.querySelector('input[name="kode"]');
    if (box && chosen) box.checked = true;
    if (this.current === old) {
      this.current = null;
      this.mark(fresh);
    }
    if (hadFocus) this.focus(fresh);
  }

  /** The report is in other hands now. */
  gone(code) {
    this.row(code)?.classList.add("is-gone");
  }

  showOpen(code) {
    for (const row of this.rows) {
      const isOpen = row.dataset.code === code;
      row.classList.toggle("is-open", isOpen);
      if (isOpen) this.link(row).setAttribute("aria-current", "true");
      else this.link(row).removeAttribute("aria-current");
    }
  }
}
