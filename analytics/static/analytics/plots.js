// Draws the figures of an analytics page, in its colours, and saves one as a picture.
// Plotly is large: it is fetched only when the figures come near the screen.

const section = document.getElementById("grafik");
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, showTips: false, doubleClick: false };
// Paper is white whatever the theme of the screen; on A4 small figures stand side by side.
const PAPER = { "--ink": "#000", "--paper": "#fff", "--line": "#ccc", "--line-strong": "#777" };
const ON_PAPER = { narrow: { width: 300, shrink: 0.56 }, wide: { width: 640, shrink: 0.9 } };
const PICTURE = { width: 960, scale: 2 };
const HEAD_PX = 72;
const NARROW_PX = 480;
const LEGEND_PX = 28;

function loadPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = section.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
}

/** With the colours that the figure names for a dark page. */
function relit(part) {
  let text = JSON.stringify(part);
  for (const [light, dark] of Object.entries(part.layout.meta.dark)) text = text.replaceAll(light, dark);
  return JSON.parse(text);
}

/** Where names beside the lines would leave no room for them, they stand above, as a legend. */
function narrowed({ data, layout }) {
  if (!layout.meta?.isNamedAtEnds) return;
  const named = data.filter((trace) => trace.name).length;
  layout.annotations = [];
  layout.showlegend = true;
  layout.legend = { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", itemclick: false, itemdoubleclick: false, traceorder: "normal", entrywidth: 0.5, entrywidthmode: "fraction" };
  layout.margin = { ...layout.margin, r: 12, t: 12 + LEGEND_PX * Math.ceil(named / 2) };
  layout.yaxis.title.text = "";
  layout.height = Math.min(layout.height, 280) + LEGEND_PX * Math.ceil(named / 2);
  for (const trace of data) trace.showlegend = Boolean(trace.name);
}

/** The figure in the colours and type of the page, which has a light and a dark theme, or of paper. */
function themed(figure, onPaper, width = Infinity) {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => (onPaper && PAPER[name]) || style.getPropertyValue(name).trim();
  const axis = { gridcolor: token("--line"), zerolinecolor: token("--line-strong"), linecolor: token("--line") };
  const layout = structuredClone(figure.layout);
  layout.font = { ...layout.font, family: token("--font"), color: token("--ink") };
  layout.hoverlabel = {
    ...layout.hoverlabel,
    bgcolor: token("--paper"),
    bordercolor: token("--line-strong"),
    font: { ...layout.hoverlabel.font, family: token("--font"), color: token("--ink") },
  };
  for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    layout[name] = { ...axis, ...layout[name] };
  }
  const isDark = !onPaper && matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = isDark ? relit({ data: figure.data, layout }) : { data: structuredClone(figure.data), layout };
  if (width < NARROW_PX) narrowed(shown);
  return shown;
}

function printed(figure, kind) {
  const { data, layout } = themed(figure, true);
  layout.width = ON_PAPER[kind].width;
  layout.height = Math.max(layout.height * ON_PAPER[kind].shrink, 140);
  layout.font.size = 10;
  return { data, layout };
}

/** Save a figure as a picture on white, with its title and that of the page. */
function save(plotly, figure, button) {
  const { data, layout } = themed(figure, true);
  const title = button.closest("figure").querySelector("h2, h3").textContent;
  const subtitle = { text: document.querySelector("h1").textContent, font: { size: 13 } };
  layout.title = { text: title, subtitle, x: 0.02, xanchor: "left", y: 0.98, yanchor: "top", font: { size: 18 } };
  layout.margin = { ...layout.margin, t: (layout.margin?.t ?? 0) + HEAD_PX };
  layout.paper_bgcolor = PAPER["--paper"];
  const picture = { ...PICTURE, format: button.dataset.save, height: layout.height + HEAD_PX, filename: button.dataset.name };
  return plotly.downloadImage({ data, layout, config: CONFIG }, picture);
}

async function draw(places, figures, fold) {
  let plotly;
  try {
    plotly = await loadPlotly();
  } catch {
    for (const place of places) place.hidden = true; // tables say the same
    return;
  }
  const paint = (isPrinting) => {
    for (const place of places) {
      const figure = figures[place.dataset.figure];
      const kind = place.closest(".chart--wide") ? "wide" : "narrow";
      const { data, layout } = isPrinting ? printed(figure, kind) : themed(figure, false, place.clientWidth || Infinity);
      place.style.minHeight = `${layout.height}px`;
      plotly.react(place, data, layout, CONFIG);
    }
  };
  paint(false);
  for (const button of section.querySelectorAll("[data-save]")) {
    const place = button.closest("figure").querySelector("[data-figure]");
    button.addEventListener("click", () => save(plotly, figures[place.dataset.figure], button));
    button.hidden = false;
  }
  fold?.addEventListener("toggle", () => paint(false)); // what was drawn unseen had no width
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(false));
  addEventListener("beforeprint", () => {
    if (fold) fold.open = true;
    paint(true);
  });
  addEventListener("afterprint", () => paint(false));
}

/** Draw every [data-figure] of #grafik from the figures in #data-grafik: at once, on a phone when they come near. */
export function drawFigures() {
  if (!section) return;
  const figures = JSON.parse(document.getElementById("data-grafik").textContent);
  const places = [...section.querySelectorAll("[data-figure]")];
  section.hidden = false;
  const fold = section.querySelector(".charts-fold");
  const isWide = matchMedia("(min-width: 48em)").matches;
  if (fold) fold.open = isWide;
  for (const place of places) {
    place.hidden = false;
    place.style.minHeight = `${figures[place.dataset.figure].layout.height}px`; // nothing jumps when it is drawn
  }
  if (isWide) {
    draw(places, figures, fold);
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      draw(places, figures, fold);
    },
    { rootMargin: "800px" },
  );
  for (const place of places) observer.observe(place);
}
