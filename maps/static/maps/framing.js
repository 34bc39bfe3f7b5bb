// Which part of the world the window shows when an area is chosen.

const MOST_ZOOM = 16;
const DEEPER = 1.25; // zoom levels further in than the whole city: there its smaller areas have room
const BACK = 1;

export class Framing {
  constructor(map, position) {
    this.map = map;
    this.position = position;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.phone = window.matchMedia("(max-width: 59.99em)");
    this.tools = document.querySelector(".map-tools");
    this.timeline = document.getElementById("garis-waktu");
  }

  get isPhone() {
    return this.phone.matches;
  }

  /** Show `features` whole, beside what floats over the map; or where the address says, if that is in the city. */
  show(features, { city, hasCrumbs }) {
    this.city = L.geoJSON(city).getBounds();
    this.shown = L.geoJSON(features).getBounds();
    this.hasCrumbs = hasCrumbs;
    if (!this.position.restore(this.city)) this.#fit();
  }

  /** The same anew, after something came over the map or left it; a map that was moved by hand stays. */
  again() {
    if (this.shown && !this.position.isKept) this.#fit();
  }

  /** Whether the map shows so little of the city that its smaller areas have room; a little further out if it `was`. */
  isDeep(was) {
    if (!this.city || !this.map._loaded) return was;
    const { paddingTopLeft, paddingBottomRight } = this.#padding();
    const whole = this.map.getBoundsZoom(this.city, false, L.point(paddingTopLeft).add(paddingBottomRight));
    return this.map.getZoom() >= whole + (was ? BACK : DEEPER);
  }

  #fit() {
    const animate = Boolean(this.map._loaded) && !this.calm.matches;
    if (animate) this.moving = new Promise((resolve) => this.map.once("moveend", resolve));
    const fit = () => this.map.fitBounds(this.shown, { ...this.#padding(), maxZoom: MOST_ZOOM, animate });
    this.position.quietly(fit, { isAnimated: animate });
  }

  /** What floats over the map's edges: filters and trail above; on a phone tools, legend and sheet below. */
  #padding() {
    if (this.isPhone) {
      const { bottom } = this.map.getContainer().getBoundingClientRect();
      const covered = bottom - this.tools.getBoundingClientRect().top;
      return { paddingTopLeft: [8, this.hasCrumbs ? 160 : 124], paddingBottomRight: [8, covered + 8] };
    }
    const timeline = this.timeline.hidden ? 0 : this.timeline.offsetHeight + 16;
    return { paddingTopLeft: [24, this.hasCrumbs ? 64 : 24], paddingBottomRight: [300, 24 + timeline] };
  }

  /** Wait until the map stands still: what is drawn while it moves would be drawn beside its place. */
  async settled() {
    await this.moving;
    if (this.map._animatingZoom) await new Promise((resolve) => this.map.once("moveend", resolve));
  }
}
