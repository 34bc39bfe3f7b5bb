// The filter chips: what is ticked goes into the address, what the address says is ticked.

import { fill } from "./words.js";

const LISTS = ["kategori", "status", "skpd"];

export class Filters {
  constructor(form, address, texts, onSearch) {
    this.form = form;
    this.address = address;
    this.texts = texts;
    this.onSearch = onSearch;
    this.menus = [...form.querySelectorAll(".chip-menu")];
    form.addEventListener("change", (event) => event.target.name !== "q" && this.#apply());
    form.addEventListener("submit", (event) => this.#submit(event));
    form.addEventListener("click", (event) => this.#click(event));
    form.q.addEventListener("search", () => form.q.value === "" && this.address.set({ q: "" }));
    document.addEventListener("click", (event) => this.#closeOthers(event.target.closest(".chip-menu")));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#escape());
  }

  /** Tick what the address says and write it on the chips. */
  show() {
    for (const name of [...LISTS, "kecamatan"]) {
      const chosen = this.address.list(name);
      for (const input of this.form.querySelectorAll(`input[name="${name}"]`)) {
        input.checked = input.value ? chosen.includes(input.value) : chosen.length === 0;
      }
    }
    for (const name of ["dari", "sampai"]) this.form[name].value = this.address.get(name);
    // Not under the fingers of somebody who is typing.
    if (this.form.q.getAttribute("aria-expanded") !== "true") this.form.q.value = this.address.get("q");
    this.menus.forEach((menu) => this.#label(menu));
    this.form.querySelector("#hapus-saringan").hidden = !this.address.isFiltered;
  }

  /** The chip of the area names the kelurahan too, which its panel does not list. */
  nameArea(words) {
    const menu = this.form.querySelector('.chip-menu[data-name="kecamatan"]');
    menu.querySelector(".chip-menu__label").textContent = words || menu.dataset.label;
    menu.classList.toggle("is-on", Boolean(words));
  }

  #apply() {
    const changes = { dari: this.form.dari.value, sampai: this.form.sampai.value };
    for (const name of LISTS) {
      changes[name] = [...this.form.querySelectorAll(`input[name="${name}"]:checked`)].map((box) => box.value).join(",");
    }
    const kecamatan = this.form.querySelector('input[name="kecamatan"]:checked')?.value ?? "";
    if (kecamatan !== this.address.get("kecamatan")) Object.assign(changes, { kecamatan, kelurahan: "" });
    this.address.set(changes);
  }

  #submit(event) {
    event.preventDefault();
    this.#closeOthers(null);
    this.onSearch(this.form.q.value.trim());
  }

  #click(event) {
    const quick = event.target.closest("[data-days]");
    if (quick) {
      this.form.dari.value = since(quick.dataset.days);
      this.form.sampai.value = "";
      this.#apply();
    }
    if (event.target.closest("[data-clear]")) {
      const menu = event.target.closest(".chip-menu");
      for (const input of menu.querySelectorAll("input")) {
        if (input.type === "date") input.value = "";
        else input.checked = input.value === "";
      }
      this.#apply();
    }
    const clear = event.target.closest("#hapus-saringan");
    if (clear) {
      event.preventDefault();
      const names = [...LISTS, "kecamatan", "kelurahan", "dari", "sampai", "q"];
      this.address.set(Object.fromEntries(names.map((name) => [name, ""])));
    }
  }

  #label(menu) {
    const chosen =
      menu.dataset.name === "waktu"
        ? this.#time()
        : summary([...menu.querySelectorAll("input:checked[data-label]")], this.texts);
    menu.querySelector(".chip-menu__label").textContent = chosen || menu.dataset.label;
    menu.classList.toggle("is-on", Boolean(chosen));
  }

  #time() {
    const [from, to] = [this.address.get("dari"), this.address.get("sampai")];
    const names = { 7: this.texts.week, 30: this.texts.month, year: this.texts.year };
    const quick = Object.keys(names).find((days) => since(days) === from);
    if (quick && !to) return names[quick];
    if (from && to) return fill(this.texts.range, { from: day(from), to: day(to) });
    if (from) return fill(this.texts.since, { day: day(from) });
    return to ? fill(this.texts.until, { day: day(to) }) : "";
  }

  #closeOthers(kept) {
    for (const menu of this.menus) if (menu !== kept) menu.open = false;
  }

  #escape() {
    const open = this.menus.find((menu) => menu.open);
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }
}

function summary(inputs, texts) {
  if (inputs.length > 1) return fill(texts.choices, { n: inputs.length });
  return inputs[0]?.dataset.label ?? "";
}

function since(days) {
  const start = new Date();
  if (days === "year") start.setMonth(0, 1);
  else start.setDate(start.getDate() - Number(days) + 1);
  const pad = (part) => String(part).padStart(2, "0");
  return `${start.getFullYear()}-${pad(start.getMonth() + 1)}-${pad(start.getDate())}`;
}

function day(iso) {
  const format = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00Z`).toLocaleDateString(document.documentElement.lang || "id", format);
}
