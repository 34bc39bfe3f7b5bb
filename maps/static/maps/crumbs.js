// Where we are, in words: city > kecamatan > kelurahan, each a way back up.

import { nameOf } from "./data.js";
import { element } from "./words.js";

/** Write the steps to the place that `address` names; returns the words for it, "" for the whole city. */
export async function showCrumbs(nav, { address, outlines, city }) {
  const steps = [[city, { kecamatan: "", kelurahan: "" }]];
  const [kecamatan] = address.list("kecamatan");
  const [kelurahan] = address.list("kelurahan");
  if (kecamatan) steps.push([nameOf(await outlines.of("kecamatan"), kecamatan, "label"), { kelurahan: "" }]);
  if (kelurahan) steps.push([`Kel. ${nameOf(await outlines.of("kelurahan"), kelurahan, "name")}`, {}]);
  const items = steps.map(([words, changes], position) => {
    const isLast = position === steps.length - 1;
    const step = element(isLast ? "span" : "a", "", words);
    if (isLast) step.setAttribute("aria-current", "location");
    else step.href = `?${address.query(changes)}`;
    return element("li", "", step);
  });
  nav.querySelector("ol").replaceChildren(...items);
  nav.hidden = steps.length === 1;
  return steps.length > 1 ? steps.at(-1)[0] : "";
}
