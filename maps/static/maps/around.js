// What stands around the map and is not needed to draw it: it comes right behind the modules that are.

import { connectMore } from "./more.js";
import { preparePaper } from "./print.js";
import { SearchBox } from "./search-box.js";
import { shareButton } from "./share.js";

/** Connect search, sharing, embedding and printing; `list` is the element beside the map. */
export function connectAround({ map, address, note, config, framing, position, list, searchField }) {
  const { texts } = config;
  const bounds = () => (address.get("peta") ? map.getBounds() : framing.shown);
  new SearchBox(searchField, { map, address, config });
  preparePaper({ map, position, list, bounds });
  connectMore({ map, address, texts });
  shareButton({ map, address, note, texts });
}
