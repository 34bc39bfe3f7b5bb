// The regions as a list beside the photo: what each one is, how it is covered, and a button to remove it.

import { place, say } from "./texts.js";

const KINDS = ["blur", "black"];

export class RegionList {
  #root;
  #items = new Map();

  /** `actions`: select(region), recover(region, kind), remove(region). */
  constructor(root, actions) {
    this.#root = root;
    this.actions = actions;
  }

  show(regions, selected) {
    for (const [region, item] of this.#items) {
      if (regions.includes(region)) continue;
      item.root.remove();
      this.#items.delete(region);
    }
    regions.forEach((region, index) => this.#showOne(region, index + 1, region === selected));
  }

  #showOne(region, number, isSelected) {
    const item = this.#items.get(region) ?? this.#add(region);
    item.root.classList.toggle("is-selected", isSelected);
    item.name.textContent = say("region", { n: number });
    item.place.textContent = place(region);
    for (const radio of item.radios) radio.checked = radio.value === region.kind;
    item.remove.setAttribute("aria-label", say("removeRegion", { n: number }));
  }

  #add(region) {
    const root = document.createElement("li");
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    const name = document.createElement("span");
    const where = document.createElement("span");
    where.className = "mask-where";
    legend.append(name, where);
    const kinds = document.createElement("div");
    kinds.className = "mask-kinds";
    const radios = KINDS.map((kind) => this.#radio(region, kind));
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button button--quiet mask-remove";
    remove.textContent = say("remove");
    remove.addEventListener("click", () => this.actions.remove(region));
    kinds.append(...radios.map((radio) => radio.parentElement));
    group.append(legend, kinds, remove);
    root.append(group);
    root.addEventListener("focusin", () => this.actions.select(region));
    this.#root.append(root);
    const item = { root, name, place: where, radios, remove };
    this.#items.set(region, item);
    return item;
  }

  #radio(region, kind) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `kind-of-${region.id}`;
    radio.value = kind;
    radio.addEventListener("change", () => this.actions.recover(region, kind));
    label.className = "mask-kind";
    label.append(radio, say(kind));
    return radio;
  }
}
