// Draws the page's figures. Plotly is large: it is fetched only when the figures come near the screen.

const section = document.getElementById("grafik");
const figures = JSON.parse(document.getElementById("data-grafik").textContent);
const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, showTips: false, doubleClick: false };

function loadPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = section.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
}

// Paper is white whatever the theme of the screen; all figures fit on one A4 page, the small ones side by side.
const PAPER = { "--ink": "#000", "--paper": "#fff", "--line": "#ccc", "--line-strong": "#777" };
const ON_PAPER = { narrow: { width: 300, shrink: 0.56 }, wide: { width: 640, shrink: 0.9 } };

/** The figure in the colours and type of the page, which has a light and a dark theme. */
function themed(figure, paper) {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => (paper && PAPER[name]) || style.getPropertyValue(name).trim();
  const axis = { gridcolor: token("--line"), zerolinecolor: token("--line-strong"), linecolor: token("--line") };
  const layout = structuredClone(figure.layout);
  layout.font = { ...layout.font, family: token("--font"), color: token("--ink") };
  layout.hoverlabel = {
    ...layout.hoverlabel,
    bgcolor: token("--paper"),
    bordercolor: token("--line-strong"),
    font: { ...layout.hoverlabel.font, family: token("--font"), color: token("--ink") },
  };
  layout.xaxis = { ...axis, ...layout.xaxis };
  layout.yaxis = { ...axis, ...layout.yaxis };
  if (paper) {
    layout.width = paper.width;
    layout.height = Math.max(layout.height * paper.shrink, 140);
    layout.font.size = 10;
  }
  return { data: structuredClone(figure.data), layout };
}

async function draw() {
  let plotly;
  try {
    plotly = await loadPlotly();
  } catch {
    section.hidden = true; // the table above says the same
    return;
  }
  let isPrinting = false;
  const paint = () => {
    for (const place of section.querySelectorAll("[data-figure]")) {
      const kind = place.dataset.figure === "curves" ? "wide" : "narrow";
      const { data, layout } = themed(figures[place.dataset.figure], isPrinting && ON_PAPER[kind]);
      place.style.minHeight = `${layout.height}px`;
      plotly.react(place, data, layout, CONFIG);
    }
  };
  paint();
  fold?.addEventListener("toggle", () => paint()); // what was drawn unseen had no width
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint());
  addEventListener("beforeprint", () => {
    isPrinting = true;
    if (fold) fold.open = true;
    paint();
  });
  addEventListener("afterprint", () => {
    isPrinting = false;
    paint();
  });
}

section.hidden = false;
const fold = section.querySelector(".charts-fold");
const isWide = matchMedia("(min-width: 48em)").matches;
if (fold) fold.open = isWide;
for (const place of section.querySelectorAll("[data-figure]")) {
  place.style.minHeight = `${figures[place.dataset.figure].layout.height}px`; // nothing jumps when it is drawn
}
if (isWide) {
  draw();
} else {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      draw();
    },
    { rootMargin: "800px" },
  );
  observer.observe(section);
}
