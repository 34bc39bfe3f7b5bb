// What a marker says when it is pressed: one report, or the reports of one place. Focus goes in and comes back.

import { statusRows } from "./statuses.js";
import { element, fill, icon } from "./words.js";

const MOST_LISTED = 2000; // the server goes no further

export class Cards {
  constructor(map, config) {
    this.map = map;
    this.config = config;
    map.on("popupclose", ({ popup }) => this.#comeBack(popup));
  }

  /** One report. */
  report(latlng, { kode, status, kategori, uraian }, opener) {
    const { texts, categories, statuses } = this.config;
    const category = categories[kategori] ?? { name: kategori, icon: "other" };
    const title = element("p", "map-card__title", icon(`category-${category.icon}`), category.name);
    const words = element("span", "", statuses[status]);
    const chip = element("span", `chip status status--${status}`, icon(`status-${status}`), words);
    const card = element("div", "map-card", title, chip, element("p", "soft", kode));
    if (uraian) card.append(element("p", "", uraian));
    const link = element("a", "button button--primary", texts.view);
    link.href = this.#address(kode);
    card.append(link);
    return this.show(latlng, card, opener, title.textContent);
  }

  /**
   * The reports of one place: `jumlah` of them, the newest `laporan` of the server, `counts` by status;
   * `more(skipped)` asks for those that follow.
   */
  place(latlng, { jumlah, laporan, counts, more }, opener) {
    const { texts, statuses } = this.config;
    const list = element("ul", "map-card__list", ...laporan.map((report) => this.#entry(report)));
    const title = element("p", "map-card__title", fill(texts.place, { n: jumlah }));
    const card = element("div", "map-card", title, statusRows(counts, statuses), list);
    if (jumlah > laporan.length) card.append(this.#rest(list, jumlah, more));
    return this.show(latlng, card, opener, title.textContent);
  }

  /** A button that lists the next reports; the focus goes to the first of them. */
  #rest(list, total, more) {
    const words = () => fill(this.config.texts.more, { n: total - list.children.length });
    const button = element("button", "button button--quiet map-card__more", words());
    button.type = "button";
    button.addEventListener("click", async () => {
      button.disabled = true;
      const found = await more(list.children.length);
      button.disabled = false;
      const entries = (found?.laporan ?? []).map((report) => this.#entry(report));
      list.append(...entries);
      button.textContent = words();
      const isEnd = entries.length === 0 || list.children.length >= Math.min(total, MOST_LISTED);
      button.hidden = Boolean(found) && isEnd;
      entries[0]?.querySelector("a").focus();
    });
    return button;
  }

  #entry({ kode, status, kategori, dikirim }) {
    const { categories, statuses } = this.config;
    const words = element("span", "", categories[kategori]?.name ?? kode);
    const line = [statuses[status], dikirim ? day(dikirim) : kode].join(" · ");
    words.append(element("small", "soft", line));
    const link = element("a", "", icon(`status-${status}`), words);
    link.href = this.#address(kode);
    return element("li", "", link);
  }

  #address(code) {
    return this.config.urls.report.replace("KODE", code);
  }

  /** Any card, by its name; `opener` has the focus again when it is closed. */
  show(latlng, content, opener, name) {
    const popup = L.popup({
      minWidth: 220,
      maxWidth: 280,
      autoPanPaddingTopLeft: [16, this.map.getSize().x < 600 ? 170 : 70],
      autoPanPaddingBottomRight: [16, 40],
    });
    popup.opener = opener;
    popup.setLatLng(latlng).setContent(content).openOn(this.map);
    const frame = popup.getElement();
    frame.setAttribute("role", "dialog");
    frame.setAttribute("aria-label", name);
    frame.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.config.texts.close);
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      popup.close();
    });
    content.querySelector("a")?.focus({ preventScroll: true });
  }

  /** Whoever was inside goes back to what opened it, unless the focus is already elsewhere. */
  #comeBack(popup) {
    const wasInside = popup.getElement()?.contains(document.activeElement) || document.activeElement === document.body;
    if (wasInside && popup.opener?.isConnected) popup.opener.focus({ preventScroll: true });
  }
}

function day(iso) {
  const format = { day: "numeric", month: "short", year: "numeric" };
  return new Date(iso).toLocaleDateString(document.documentElement.lang || "id", format);
}
