// The page of one report: photos open in a dialog, links can be shared and copied.

const dialog = document.getElementById("photo-dialog");

if (dialog?.showModal) {
  const picture = dialog.querySelector("img");
  for (const link of document.querySelectorAll("a[data-photo]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      picture.src = link.href;
      picture.alt = link.querySelector("img").alt;
      dialog.showModal();
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

async function copy(button, text) {
  await navigator.clipboard.writeText(text);
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = button.dataset.done;
  setTimeout(() => {
    label.textContent = before;
  }, 3000);
}

for (const box of document.querySelectorAll("[data-share]")) {
  const { title, url } = box.dataset;
  const share = box.querySelector('[data-action="share"]');
  const copier = box.querySelector('[data-action="copy"]');
  if (navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
  if (navigator.clipboard) {
    copier.hidden = false;
    copier.addEventListener("click", () => copy(copier, url));
  }
}

const own = document.getElementById("tautan");
own?.addEventListener("focus", () => own.select());
