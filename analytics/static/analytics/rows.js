// On a phone the table starts with its first rows; one press shows them all. Styles say how many those are.

const table = document.querySelector(".waits");
const more = table?.querySelector(".waits__all");

if (more) {
  table.classList.add("is-short");
  more.hidden = false;
  more.querySelector("button").addEventListener("click", () => {
    table.classList.remove("is-short");
    more.remove();
  });
}
