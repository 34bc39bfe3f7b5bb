// Paper has a size of its own: the map is drawn for it before printing, and put back afterwards.

/**
 * @param bounds what has to be on the paper
 * @param list where the table of areas is
 */
export function preparePaper({ map, position, list, bounds }) {
  let before = null;
  const resize = (isPaper) => {
    document.body.classList.toggle("is-printing", isPaper);
    map.invalidateSize({ animate: false, pan: false });
  };
  window.addEventListener("beforeprint", () => {
    const table = list.querySelector(".area-table");
    before = { centre: map.getCenter(), zoom: map.getZoom(), wasOpen: table?.open };
    const wanted = bounds();
    position.quietly(() => {
      resize(true);
      if (wanted) map.fitBounds(wanted, { padding: [8, 8], animate: false });
    });
    if (table) table.open = true;
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    position.quietly(() => {
      resize(false);
      map.setView(before.centre, before.zoom, { animate: false });
    });
    const table = list.querySelector(".area-table");
    if (table) table.open = before.wasOpen;
    before = null;
  });
}
