// What stands around the map and is not needed to draw it, from filters to print; it comes right behind the
// modules that are.

import { showCrumbs } from "./crumbs.js";
import { isOutdated, load } from "./data.js";
import { Filters } from "./filters.js";
import { List } from "./list.js";
import { Live } from "./live.js";
import { connectMore } from "./more.js";
import { preparePaper } from "./print.js";
import { SearchBox } from "./search-box.js";
import { shareButton } from "./share.js";
import { Sheet } from "./sheet.js";
import { Timeline } from "./timeline.js";
import { connectTools } from "./tools.js";
import { clock, fill } from "./words.js";

const EVERY_TILES = 3; // checks: a changed status alone moves no total

export class Around {
  #checks = 0;
  #trail = document.getElementById("jejak");

  constructor(page) {
    const { map, address, config, framing, note } = page;
    const { texts, urls } = config;
    this.page = page;
    this.texts = texts;
    this.list = new List(document.getElementById("isi-daftar"), urls.home, address);
    this.sheet = new Sheet(document.getElementById("daftar"));
    this.filters = new Filters(document.getElementById("saringan"), address, texts, (q) => this.#search(q));
    this.timeline = new Timeline({ address, config, load, onToggle: () => framing.again() });
    connectTools(map, { note, texts, cityBounds: () => framing.city });
    new SearchBox(this.filters.form.q, { map, address, config });
    const bounds = () => (address.get("peta") ? map.getBounds() : framing.shown);
    preparePaper({ map, position: page.position, list: this.list.root, bounds });
    connectMore({ map, address, texts });
    shareButton({ map, address, note, texts });
    for (const links of [this.list.root, this.#trail]) links.addEventListener("click", (event) => this.#follow(event));
    this.filters.show();
    this.nameArea().catch((error) => console.error(error));
    if (page.found) this.show(page.found);
  }

  /** What belongs to newly drawn areas: the table's column, the months, and a look for what is new from now on. */
  show({ summary }, how) {
    this.list.showColumn(this.page.column);
    this.timeline.show(summary.totals, how).catch((error) => console.error(error));
    this.live ??= new Live(() => this.#check(), (since) => this.#sayAge(since));
  }

  /** Say in words where the address is: in the trail, and on the chip of the area. */
  async nameArea() {
    const { address, outlines } = this.page;
    this.filters.nameArea(await showCrumbs(this.#trail, { address, outlines, city: this.texts.city }));
  }

  /** A link to an area of this page goes there without loading the page again. */
  #follow(event) {
    const link = event.target.closest("a[data-area], #jejak a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const query = new URL(link.href).searchParams;
    this.page.address.set({ kecamatan: query.get("kecamatan") ?? "", kelurahan: query.get("kelurahan") ?? "" });
    this.sheet.set("line");
  }

  /** A search that is the name of an area goes there; anything else searches the texts. */
  async #search(q) {
    const { address, outlines } = this.page;
    const wanted = q.toLocaleLowerCase().replace(/^(kel|kec)[a-z]*\.?\s+/, "");
    const all = q ? [...(await outlines.of("kecamatan")), ...(await outlines.of("kelurahan"))] : [];
    const found = all.find(({ properties }) => properties.name.toLocaleLowerCase() === wanted);
    if (found) {
      const { code, kecamatan } = found.properties;
      address.set({ q: "", kecamatan: kecamatan ?? code, kelurahan: kecamatan ? code : "" });
    } else {
      address.set({ q });
    }
  }

  /** What is new since the last time, drawn in place. */
  async #check() {
    const { page } = this;
    const { signal } = page.work;
    const options = { signal, cache: "no-cache" };
    this.#checks += 1;
    try {
      const [summary, html] = await Promise.all([
        page.readings.summary(page.measure, page.query(), options),
        this.list.load(options),
      ]);
      const isNew = JSON.stringify(summary) !== JSON.stringify(page.found?.summary);
      const found = isNew ? await page.readings.read(page.measure, page.query(), options) : null;
      if (signal.aborted) return;
      const arrived = this.list.update(html);
      if (found) await page.redraw(found, signal);
      if (arrived) page.note.show(fill(this.texts.arrived, { n: arrived }), { seconds: 10 });
      if (page.showsPoints && (found || this.#checks % EVERY_TILES === 0)) await (await page.points)?.refresh();
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
  }

  #sayAge(since) {
    if (since) this.page.note.show(fill(this.texts.old, { time: clock(since) }));
    else if (this.isOld) this.page.note.hide();
    this.isOld = Boolean(since);
  }
}
