// Take this view elsewhere: the code for another website, and from there back to the full page.

import { copied, viewAddress } from "./share.js";

/** Keep the panel's code and links true to what is seen. */
export function connectMore({ map, address, texts }) {
  const panel = document.getElementById("cetak-pasang");
  const code = document.getElementById("kode-pasang");
  panel?.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "open" || !code) return;
    // A frame has a size of its own: unless somebody moved the map, the whole area fits into it.
    const url = viewAddress(map, address, { embed: "1", peta: address.get("peta") });
    code.value = code.value.replace(/src="[^"]*"/, `src="${url.replaceAll("&", "&amp;").replaceAll('"', "%22")}"`);
    document.getElementById("contoh-pasang").href = url;
    document.getElementById("kabar-kode").textContent = "";
  });
  panel?.querySelector("[data-print]").addEventListener("click", () => panel.hidePopover(), { capture: true });
  document.getElementById("salin-kode")?.addEventListener("click", async () => {
    code.select();
    const isCopied = await copied(code.value);
    document.getElementById("kabar-kode").textContent = isCopied ? texts.codeCopied : texts.codeByHand;
  });
  const full = document.getElementById("peta-lengkap");
  for (const moment of ["pointerenter", "focus", "click"]) {
    full?.addEventListener(moment, () => (full.href = viewAddress(map, address)));
  }
}
