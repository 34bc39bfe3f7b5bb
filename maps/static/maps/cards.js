// What a marker says when it is pressed: one report, or the reports of one place. Focus goes in and comes back.

import { statusRows } from "./statuses.js";
import { element, fill, icon } from "./words.js";

export class Cards {
  /** @param listAddress gives the address of the list with the filter of the page */
  constructor(map, config, listAddress) {
    this.map = map;
    this.config = config;
    this.listAddress = listAddress;
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

  /** The reports of one place: `found` is {jumlah, laporan} of the server, `counts` by status. */
  place(latlng, { jumlah, laporan }, counts, opener) {
    const { texts, statuses } = this.config;
    const list = element("ul", "map-card__list");
    for (const report of laporan) list.append(this.#entry(report));
    const title = element("p", "map-card__title", fill(texts.place, { n: jumlah }));
    const card = element("div", "map-card", title, statusRows(counts, statuses), list);
    if (jumlah > laporan.length) {
      const more = element("a", "map-card__more", fill(texts.more, { n: jumlah - laporan.length }));
      more.href = this.listAddress();
      card.append(more);
    }
    return this.show(latlng, card, opener, title.textContent);
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
