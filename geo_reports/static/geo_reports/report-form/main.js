// The reporting page: joins photos, place, problem and sending. Without this script the form works too.

import * as draft from "./draft.js";
import { clearErrors, showError, showErrors } from "./errors.js";
import { Photos } from "./photos.js";
import { PinMap } from "./pin-map.js";
import { Question } from "./question.js";
import { Router } from "./route.js";
import { send } from "./send.js";
import { suggest } from "./suggest.js";
import { say } from "./texts.js";

const KEPT = [
  "submission_id", "lon", "lat", "akurasi", "kelurahan", "alamat", "kategori", "uraian", "tampilkan_nama", "nama", "kontak",
];
const $ = (id) => document.getElementById(id);
const form = $("report-form");
const field = form.elements;
const router = new Router(form.dataset.route);
const question = new Question($("place-question"), () => askRoute());
let pinMap = null;
let isOutside = false;
let isSending = false;

for (const part of form.querySelectorAll("[data-enhanced]")) part.hidden = false;
for (const part of form.querySelectorAll("[data-plain]")) part.remove();
// Open in the page for those without a script; the map is the better way for everybody else.
$("by-hand").open = Boolean(field.kelurahan.value || form.querySelector("[data-error=lokasi]:not([hidden])"));

const photos = new Photos(form.dataset.exif, {
  report: (sentence) => showError("foto", sentence),
  changed: () => changed(),
  found: (place) => {
    if (!field.lon.value || $("where").dataset.source !== "map") pinMap?.show(place, "photo");
  },
});

// --- Place

function setPoint({ lon, lat, accuracyM = null, note }) {
  const isPoint = lon !== undefined;
  $("pin-map").classList.toggle("is-set", isPoint);
  field.lon.value = isPoint ? lon.toFixed(6) : "";
  field.lat.value = isPoint ? lat.toFixed(6) : "";
  field.akurasi.value = accuracyM === null ? "" : String(Math.round(accuracyM));
  question.forget();
  if (isPoint) field.kelurahan.value = "";
  $("where-source").textContent = isPoint ? note : "";
  if (!isPoint) {
    isOutside = false;
    $("where-place").textContent = note;
  }
  changed();
  if (isPoint) askRoute();
}

async function askRoute() {
  if (!field.lon.value) return;
  $("where").dataset.state = "checking";
  const answer = await router.ask({
    lon: Number(field.lon.value),
    lat: Number(field.lat.value),
    category: field.kategori.value,
    street: field.alamat.value,
    accuracy: field.akurasi.value,
    answer: question.answer,
  });
  if (!field.lon.value) return;
  showAnswer(answer);
}

function showAnswer(answer) {
  isOutside = answer !== null && !answer.inside;
  $("where").dataset.state = isOutside ? "outside" : "inside";
  $("where-place").textContent = answer ? answer.message : say("cannotCheck");
  showError("lokasi", isOutside ? answer.message : "");
  pinMap?.highlight(answer?.kelurahan?.code);
  showAgency(answer);
  showSteps();
}

function showAgency(answer) {
  question.show(answer?.question ?? []);
  const isKnown = Boolean(answer?.inside && field.kategori.value);
  const agency = answer?.agency?.short_name;
  $("goes-to").hidden = !isKnown;
  if (isKnown) $("goes-to").querySelector("p").textContent = agency
    ? say("goesTo", { agency, reason: answer.reason })
    : say("noAgency", { reason: answer.reason });
  $("send").querySelector("span").textContent = isKnown && agency ? say("sendTo", { agency }) : say("send");
}

function locate() {
  $("where-place").textContent = say("locating");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => pinMap.show({ lon: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy }, "phone"),
    (error) => {
      $("where-place").textContent = say(error.code === error.PERMISSION_DENIED ? "denied" : "noPosition");
      $("by-hand").open = true;
    },
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
  );
}

window.addEventListener("map:init", ({ detail }) => {
  pinMap = new PinMap(detail.map, { moved: setPoint, boundaries: form.dataset.boundaries });
  if (field.lon.value) pinMap.show({ lon: Number(field.lon.value), lat: Number(field.lat.value) }, "draft");
});
if (navigator.geolocation) $("locate").addEventListener("click", locate);
else $("locate").remove();
field.kelurahan.addEventListener("change", () => {
  if (!field.kelurahan.value) return;
  setPoint({ note: say("pinUnused") });
  showAgency(null);
});

// --- Problem

function showSuggestions() {
  const slugs = suggest(field.uraian.value).filter((slug) => slug !== field.kategori.value);
  const box = $("suggestions");
  box.querySelectorAll("button").forEach((button) => button.remove());
  box.hidden = slugs.length === 0;
  for (const slug of slugs) {
    const tile = form.querySelector(`input[name="kategori"][value="${CSS.escape(slug)}"]`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip chip--link";
    button.textContent = tile.closest("label").querySelector(".tile__name").textContent;
    button.addEventListener("click", () => {
      const fold = tile.closest("details");
      if (fold) fold.open = true;
      tile.checked = true;
      tile.dispatchEvent(new Event("change", { bubbles: true }));
      tile.focus();
    });
    box.append(button);
  }
}

for (const tile of field.kategori) {
  tile.addEventListener("change", () => {
    showError("kategori", "");
    showSuggestions();
    askRoute();
  });
}
field.uraian.addEventListener("input", showSuggestions);
field.alamat.addEventListener("change", askRoute);

// --- Progress and draft

function showSteps() {
  const done = {
    foto: photos.files.length > 0,
    lokasi: Boolean(field.lon.value || field.kelurahan.value) && !isOutside,
    masalah: Boolean(field.kategori.value) && field.uraian.value.trim().length >= 10,
  };
  // A photo is not required: once anything else is done, its step is no longer the current one.
  const isStarted = Object.values(done).some(Boolean);
  let current = null;
  for (const step of document.querySelectorAll("[data-step]")) {
    const name = step.dataset.step;
    step.classList.toggle("is-done", Boolean(done[name]));
    step.removeAttribute("aria-current");
    if (!done[name] && !(name === "foto" && isStarted)) current ??= step;
  }
  current.setAttribute("aria-current", "step");
}

let saving = 0;
function changed() {
  showSteps();
  clearTimeout(saving);
  saving = setTimeout(() => {
    const values = Object.fromEntries(KEPT.map((name) => [name, field[name].value]));
    draft.save({ values, isConfidential: field.rahasia.checked, files: photos.files });
  }, 400);
}

async function restore() {
  const kept = await draft.load();
  const isWorthIt = kept && (kept.files.length || kept.values.uraian || kept.values.lon || kept.values.kelurahan);
  if (!isWorthIt || form.querySelector("#error-summary:not([hidden])")) return;
  for (const name of KEPT) field[name].value = kept.values[name] ?? "";
  field.rahasia.checked = Boolean(kept.isConfidential);
  photos.restore(kept.files);
  if (field.lon.value) pinMap?.show({ lon: Number(field.lon.value), lat: Number(field.lat.value) }, "draft");
  for (const name of ["kelurahan", "kontak"]) if (field[name].value) field[name].closest("details").open = true;
  form.querySelector("details input[name=kategori]:checked")?.closest("details").setAttribute("open", "");
  $("draft-note").hidden = false;
  showSteps();
  showSuggestions();
}

$("draft-clear").addEventListener("click", async () => {
  await draft.clear();
  location.reload();
});
form.addEventListener("input", changed);
form.addEventListener("change", changed);

// --- Sending

function showTrouble(name) {
  $("send-trouble").hidden = !name;
  $("send-trouble").querySelector("p").textContent = name ? say(name) : "";
}

function setSending(isOn) {
  isSending = isOn;
  $("send").setAttribute("aria-disabled", String(isOn));
  $("send-progress").hidden = !isOn;
}

function progressed(percent) {
  $("send-bar").value = percent;
  $("send-state").textContent = percent < 100 ? say("sending", { percent }) : say("received");
}

async function submit() {
  if (isSending) return;
  clearErrors();
  showTrouble("");
  if (!navigator.onLine) {
    showTrouble("offline");
    return;
  }
  const data = new FormData(form);
  for (const file of photos.files) data.append("foto", file, file.name || "foto.jpg");
  setSending(true);
  progressed(0);
  const { url, errors, submissionId, trouble } = await send(form.action || location.href, data, progressed);
  if (url) {
    clearTimeout(saving);
    await draft.clear();
    location.assign(url);
    return;
  }
  setSending(false);
  if (submissionId) form.elements.submission_id.value = submissionId; // the old one cannot be used any more
  if (errors) showErrors(errors);
  else {
    showTrouble(trouble);
    $("send").querySelector("span").textContent = say("retry");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
window.addEventListener("online", () => {
  if (!$("send-trouble").hidden) submit();
});

restore();
showSteps();
