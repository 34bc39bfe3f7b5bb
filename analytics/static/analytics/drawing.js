// Saves a drawing that stands in the page (SVG) as a picture on white, with its titles.

const WIDTH = 640;
const HEAD_PX = 100;
const HEADS_Y = 82;
const MARGIN = 20;
const SCALE = 2;
const XMLNS = "http://www.w3.org/2000/svg";
const LOOKS = ["fill", "fill-opacity", "font-family", "font-size", "font-weight", "dominant-baseline"];

/** The drawing with what the style sheet says of each part written into it. */
function copied(drawing) {
  const copy = drawing.cloneNode(true);
  const parts = copy.querySelectorAll("path, rect, text");
  drawing.querySelectorAll("path, rect, text").forEach((part, number) => {
    const style = getComputedStyle(part);
    for (const look of LOOKS) parts[number].style.setProperty(look, style.getPropertyValue(look));
  });
  return copy;
}

function text(words, x, y, anchor, size, like) {
  const line = document.createElementNS(XMLNS, "text");
  const looks = { x, y, "text-anchor": anchor, "font-size": size, "font-family": getComputedStyle(like).fontFamily };
  for (const [name, value] of Object.entries(looks)) line.setAttribute(name, value);
  line.textContent = words;
  return line;
}

/** The drawing below the title of the page and the heads of its figure. */
function sheet(figure, drawing) {
  const height = drawing.height.baseVal.value;
  const paper = document.createElementNS(XMLNS, "svg");
  const size = { xmlns: XMLNS, width: WIDTH, height: height + HEAD_PX + MARGIN };
  for (const [name, value] of Object.entries(size)) paper.setAttribute(name, value);
  const white = document.createElementNS(XMLNS, "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "#fff" })) white.setAttribute(name, value);
  const inner = copied(drawing);
  for (const [name, value] of Object.entries({ x: 0, y: HEAD_PX, width: WIDTH })) inner.setAttribute(name, value);
  const [came, name, went] = figure.querySelector("figcaption").children;
  paper.append(
    white,
    text(figure.dataset.title, MARGIN, 30, "start", 18, figure),
    text(document.querySelector("h1").textContent.trim(), MARGIN, 50, "start", 13, figure),
    text(came.textContent, MARGIN, HEADS_Y, "start", 13, figure),
    text(name.textContent, WIDTH / 2, HEADS_Y, "middle", 13, figure),
    text(went.textContent, WIDTH - MARGIN, HEADS_Y, "end", 13, figure),
    inner,
  );
  return paper;
}

async function painted(file, { width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

async function save(figure, button) {
  figure.classList.add("on-paper");
  const paper = sheet(figure, figure.querySelector("svg.streams"));
  figure.classList.remove("on-paper");
  const vector = new Blob([new XMLSerializer().serializeToString(paper)], { type: "image/svg+xml" });
  const size = { width: WIDTH, height: Number(paper.getAttribute("height")) };
  const file = button.dataset.saveDrawing === "png" ? await painted(vector, size) : vector;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${button.dataset.name}.${button.dataset.saveDrawing}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href)); // once the download has begun
}

/** Make the buttons work that save a drawing; without this file they are not shown. */
export function saveDrawings() {
  for (const button of document.querySelectorAll("[data-save-drawing]")) {
    button.addEventListener("click", () => save(button.closest("figure"), button));
    button.hidden = false;
  }
}
