// "Pakai templat" fills the answer in place; without this script the server does it.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const text = document.getElementById(button.dataset.fill);
  const chosen = document.getElementById(button.dataset.from)?.selectedOptions[0];
  if (!text || !chosen) return;
  event.preventDefault();
  if (!chosen.dataset.text) return;
  text.value = [text.value.trim(), chosen.dataset.text].filter(Boolean).join("\n\n");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
});
