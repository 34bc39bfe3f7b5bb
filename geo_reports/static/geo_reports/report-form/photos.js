// The photos of a report: chosen from camera or gallery, previewed, removable, with their own position.

import { say, settings } from "./texts.js";

const NAMES = /\.(jpe?g|png|webp|hei[cf])$/i;

export class Photos {
  #files = [];
  #list = document.getElementById("previews");
  #exifUrl;
  #exif = null;

  /** `report` shows a sentence (or none); `changed` hears of every change; `found` gets {lon, lat}. */
  constructor(exifUrl, { report, changed, found }) {
    this.#exifUrl = exifUrl;
    this.report = report;
    this.changed = changed;
    this.found = found;
    for (const input of document.querySelectorAll("[data-photo-input]")) {
      input.addEventListener("change", () => {
        this.add([...input.files]);
        input.value = "";
      });
    }
  }

  get files() {
    return [...this.#files];
  }

  /** Take in files from a person; says why one is left out. */
  async add(chosen) {
    let problem = "";
    for (const file of chosen) {
      if (!file.type.startsWith("image/") && !NAMES.test(file.name)) problem = say("noPicture", { name: file.name });
      else if (file.size > settings.maxBytes) problem = say("tooLarge", { name: file.name });
      else if (this.#files.length >= settings.maxPhotos) problem = say("tooMany", { max: settings.maxPhotos });
      else this.#files.push(file);
    }
    this.report(problem);
    this.#draw();
    this.changed();
    await this.#lookForPlace(chosen);
  }

  /** Put back what a draft kept. */
  restore(files) {
    this.#files = files;
    this.#draw();
  }

  #remove(index) {
    this.#files.splice(index, 1);
    this.#draw();
    this.report("");
    this.changed();
    const next = this.#list.querySelectorAll("button")[Math.min(index, this.#files.length - 1)];
    (next ?? document.querySelector("[data-photo-input]")).focus();
  }

  #draw() {
    this.#list.replaceChildren(...this.#files.map((file, index) => this.#preview(file, index)));
  }

  #preview(file, index) {
    const item = document.createElement("li");
    const image = document.createElement("img");
    const url = URL.createObjectURL(file);
    image.alt = say("photo", { n: index + 1 });
    image.addEventListener("load", () => URL.revokeObjectURL(url));
    image.addEventListener("error", () => {
      const note = document.createElement("span"); // HEIC: most browsers cannot draw it, the server can
      note.textContent = say("noPreview");
      image.replaceWith(note);
    });
    image.src = url;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "previews__remove";
    button.textContent = "×";
    button.setAttribute("aria-label", say("removePhoto", { n: index + 1 }));
    button.addEventListener("click", () => this.#remove(index));
    item.append(image, button);
    return item;
  }

  async #lookForPlace(files) {
    for (const file of files) {
      const place = await this.#placeOf(file);
      if (place) {
        this.found(place);
        return;
      }
    }
  }

  async #placeOf(file) {
    try {
      const reader = await this.#reader();
      const { gps } = await reader.load(file, { expanded: true, async: true });
      const { Longitude: lon, Latitude: lat } = gps ?? {};
      return Number.isFinite(lon) && Number.isFinite(lat) && (lon || lat) ? { lon, lat } : null;
    } catch {
      return null; // no metadata, or none that can be read: people place the pin themselves
    }
  }

  // Loaded with the first photo, so that the page opens fast.
  #reader() {
    this.#exif ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = this.#exifUrl;
      script.addEventListener("load", () => resolve(window.ExifReader));
      script.addEventListener("error", () => {
        this.#exif = null;
        reject(new Error("exif reader not loaded"));
      });
      document.head.append(script);
    });
    return this.#exif;
  }
}
