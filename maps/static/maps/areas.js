// The coloured areas: shapes that can be pressed, focused and heard, with name and number on each.

import { arrange } from "./labels.js";
import { element, fill } from "./words.js";

const SPACE = "http://www.w3.org/2000/svg";
const HATCH = "pola-kosong";
// Colours so strong that a label on them needs another ink: always, or on a dark screen.
const LABEL_ON = { 5: "map-label--on-dark", "up-2": "map-label--on-bright", "down-2": "map-label--on-bright" };

export class Areas {
  /** @param onChoose called with a feature's properties when somebody picks an area */
  constructor(map, texts, onChoose) {
    this.map = map;
    this.texts = texts;
    this.onChoose = onChoose;
    this.shapes = new Map();
    this.labels = [];
    this.group = L.featureGroup().addTo(map);
    map.createPane("labels").style.zIndex = 450;
    map.getPane("labels").style.pointerEvents = "none";
    map.on("moveend", () => {
      this.#arrangeLabels();
      this.#skipUnseen();
    });
  }

  /**
   * Draw `features`; `context` are neighbours without a value, `edges` only lines above all of them.
   * `readings`: Map from code to {value, text, spoken, step}.
   */
  draw({ features, context, edges, readings, chosen }) {
    const focused = document.activeElement?.dataset?.area;
    this.#outline(null);
    this.group.clearLayers();
    this.shapes.clear();
    this.labels = [];
    context.forEach((feature) => this.#shape(feature, "area area--context", feature.properties.label));
    context.forEach((feature) => this.#label(feature, "", "map-label--context"));
    features.forEach((feature) => this.#area(feature, readings.get(feature.properties.code), chosen));
    L.geoJSON(edges, { interactive: false, style: { className: "area-edge" } }).addTo(this.group);
    this.#fade();
    this.#hatch();
    this.#arrangeLabels();
    this.#skipUnseen();
    if (focused) this.shapes.get(focused)?.getElement()?.focus({ preventScroll: true });
  }

  /** The name of the drawn area that holds a place, "" where there is none. */
  nameAt(latlng) {
    const { x, y } = this.map.latLngToLayerPoint(latlng);
    const holds = (shape) => shape.getElement()?.isPointInFill(new DOMPoint(x, y));
    return [...this.shapes.values()].find(holds)?.feature.properties.name ?? "";
  }

  /** Let what lies on top of the areas stand out. */
  seeThrough(isOn) {
    if (isOn === this.isSeenThrough) return;
    this.isSeenThrough = isOn;
    this.#fade();
    this.#arrangeLabels();
  }

  #fade() {
    const isOn = Boolean(this.isSeenThrough);
    for (const shape of this.shapes.values()) shape.getElement()?.classList.toggle("area--seen-through", isOn);
  }

  /** Areas outside the window are no stop for the tab key. */
  #skipUnseen() {
    if (!this.map._loaded) return;
    const window_ = this.map.getBounds();
    for (const shape of this.shapes.values()) {
      shape.getElement()?.setAttribute("tabindex", window_.intersects(shape.getBounds()) ? "0" : "-1");
    }
  }

  #area(feature, reading, chosen) {
    const { code } = feature.properties;
    const isChosen = chosen === code;
    const step = reading?.step ?? "none";
    const shape = this.#shape(feature, `area area--${isChosen ? "chosen" : step}`, reading?.spoken);
    if (step === "none" && !isChosen) shape.setStyle({ fillColor: `url(#${HATCH})` });
    if (isChosen) {
      shape.bringToFront();
      return;
    }
    const tip = element("div", "", element("strong", "", feature.properties.label), reading?.tip ?? this.texts.noData);
    shape.bindTooltip(tip, { sticky: true, className: "area-tip", direction: "top", opacity: 1 });
    this.#label(feature, reading?.text ?? "", LABEL_ON[step] ?? "", shape);
  }

  #shape(feature, className, spoken) {
    const { properties } = feature;
    const shape = L.geoJSON(feature, { style: { className } }).getLayers()[0];
    shape.addTo(this.group);
    this.shapes.set(properties.code, shape);
    const path = shape.getElement();
    path.dataset.area = properties.code;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", spoken ?? properties.label);
    shape.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      this.onChoose(properties);
    });
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.onChoose(properties);
    });
    shape.on("mouseover", () => this.#outline(feature));
    shape.on("mouseout", () => this.#outline(null));
    path.addEventListener("focus", () => {
      this.#outline(feature);
      if (shape.getTooltip()) shape.openTooltip(middle(feature));
    });
    path.addEventListener("blur", () => {
      this.#outline(null);
      shape.closeTooltip();
    });
    return shape;
  }

  /** The edge of the area under the pointer or the focus, above its neighbours; null takes it away. */
  #outline(feature) {
    this.outline?.remove();
    this.outline = feature && L.geoJSON(feature, { interactive: false, style: { className: "area-outline" } });
    this.outline?.addTo(this.map);
  }

  #label(feature, text, extra, shape) {
    const box = element("div", "map-label__box", element("span", "map-label__name", feature.properties.name));
    if (text) box.append(element("span", "map-label__value", text));
    const node = element("div", `map-label ${extra}`, box);
    node.setAttribute("aria-hidden", "true");
    const marker = L.marker(middle(feature), {
      pane: "labels",
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }),
    });
    marker.addTo(this.group);
    const isContext = extra === "map-label--context";
    this.labels.push({ node, box, isContext, size: extent(shape), holds: this.#holding(shape, marker) });
  }

  /** Whether a place some pixels beside a label is still in its area. */
  #holding(shape, marker) {
    return (dx, dy) => {
      const { x, y } = this.map.latLngToLayerPoint(marker.getLatLng());
      return shape?.getElement()?.isPointInFill(new DOMPoint(x + dx, y + dy)) ?? false;
    };
  }

  #arrangeLabels() {
    const ours = this.labels.filter((label) => !label.isContext);
    for (const { node } of ours) node.classList.toggle("is-hidden", Boolean(this.isSeenThrough));
    arrange(this.isSeenThrough ? this.labels.filter((label) => label.isContext) : this.labels);
  }

  /** The pattern for "no value" lives in the map's own SVG. */
  #hatch() {
    const svg = this.map.getPane("overlayPane").querySelector("svg");
    if (!svg || document.getElementById(HATCH)) return;
    const pattern = document.createElementNS(SPACE, "pattern");
    const attributes = { id: HATCH, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
    for (const [name, value] of Object.entries(attributes)) pattern.setAttribute(name, value);
    const ground = document.createElementNS(SPACE, "rect");
    ground.setAttribute("class", "hatch-ground");
    ground.setAttribute("width", "7");
    ground.setAttribute("height", "7");
    const line = document.createElementNS(SPACE, "line");
    line.setAttribute("class", "hatch-line");
    line.setAttribute("y2", "7");
    pattern.append(ground, line);
    const defs = document.createElementNS(SPACE, "defs");
    defs.append(pattern);
    svg.prepend(defs);
  }
}

/** How large a shape is on the globe, in no unit: only to tell small from large. */
function extent(shape) {
  if (!shape) return 0;
  const { lat, lng } = shape.getBounds().getNorthEast();
  const low = shape.getBounds().getSouthWest();
  return (lat - low.lat) * (lng - low.lng);
}

function middle(feature) {
  const [longitude, latitude] = feature.properties.anchor;
  return [latitude, longitude];
}

/** What is said of an area, on hover, focus and to a screen reader. */
export function spoken(area, value, texts) {
  return fill(texts.areaAll, { label: area.label, value, total: area.total, open: area.open });
}
