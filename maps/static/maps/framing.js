// Which part of the world the window shows when an area is chosen.

const MOST_ZOOM = 16;

export class Framing {
  constructor(map, position) {
    this.map = map;
    this.position = position;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.phone = window.matchMedia("(max-width: 59.99em)");
  }

  /**
   * Show `features` whole, beside what floats over the map (`below`: pixels of a desktop); or where the address
   * says, if that is in the city.
   */
  show(features, { city, hasCrumbs, below }) {
    this.city = L.geoJSON(city).getBounds();
    this.shown = L.geoJSON(features).getBounds();
    if (this.position.restore(this.city)) return;
    const sheet = document.body.classList.contains("is-embedded") ? 132 : 216;
    const padding = this.phone.matches
      ? { paddingTopLeft: [8, hasCrumbs ? 160 : 124], paddingBottomRight: [8, sheet] }
      : { paddingTopLeft: [24, 24], paddingBottomRight: [300, 24 + below] };
    const animate = Boolean(this.map._loaded) && !this.calm.matches;
    if (animate) this.moving = new Promise((resolve) => this.map.once("moveend", resolve));
    const fit = () => this.map.fitBounds(this.shown, { ...padding, maxZoom: MOST_ZOOM, animate });
    this.position.quietly(fit, { isAnimated: animate });
  }

  /** Wait until the map stands still: what is drawn while it moves would be drawn beside its place. */
  async settled() {
    await this.moving;
    if (this.map._animatingZoom) await new Promise((resolve) => this.map.once("moveend", resolve));
  }
}
