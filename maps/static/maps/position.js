// Where the map is, as one part of the address: `peta=zoom/latitude/longitude`.

const SPELLING = /^(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/;
const WAIT_MS = 250;
const MOVED_PX = 3; // less is what a resized window does to the middle of the map

/** {zoom, centre} of a position's text, null for anything else. */
export function parsePosition(text) {
  const [, zoom, latitude, longitude] = SPELLING.exec(text)?.map(Number) ?? [];
  const isPlace = zoom <= 22 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
  return isPlace ? { zoom, centre: L.latLng(latitude, longitude) } : null;
}

/** The one way to write a position: about a metre, a hundredth of a zoom level. */
export function writePosition(zoom, { lat, lng }) {
  return [Number(zoom.toFixed(2)), Number(lat.toFixed(5)), Number(lng.toFixed(5))].join("/");
}

/** Keeps the address and the map's place together. */
export class Position {
  constructor(map, address) {
    this.map = map;
    this.address = address;
    map.on("moveend", () => {
      if (this.isQuiet) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#note(), WAIT_MS);
    });
  }

  /** Move the map by a rule that the page knows anyway: that is nothing to remember. */
  quietly(move, { isAnimated = false } = {}) {
    let hasEnded = false;
    const done = () => {
      this.isQuiet = false;
      clearTimeout(this.timer);
      this.#keep();
    };
    this.isQuiet = true;
    this.map.once("moveend", () => (hasEnded = true));
    move();
    if (isAnimated && !hasEnded) this.map.once("moveend", done);
    else done();
  }

  /** Whether the address says where the map is, because somebody moved it. */
  get isKept() {
    return Boolean(this.address.get("peta"));
  }

  /** Go where the address says, if that is in `bounds`; whether it did. */
  restore(bounds) {
    const place = parsePosition(this.address.get("peta"));
    if (!place) return false;
    if (this.map._loaded && writePosition(this.map.getZoom(), this.map.getCenter()) === this.address.get("peta")) return true;
    this.quietly(() => this.map.setView(place.centre, place.zoom, { animate: false }));
    return !bounds || this.map.getBounds().intersects(bounds);
  }

  #keep() {
    this.kept = { zoom: this.map.getZoom(), centre: this.map.getCenter() };
  }

  #note() {
    const [zoom, centre] = [this.map.getZoom(), this.map.getCenter()];
    if (this.kept?.zoom === zoom) {
      const away = this.map.project(centre, zoom).distanceTo(this.map.project(this.kept.centre, zoom));
      if (away < MOVED_PX) return;
    }
    this.#keep();
    this.address.note(writePosition(zoom, centre));
  }
}
