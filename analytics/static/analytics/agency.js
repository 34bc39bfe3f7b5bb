// The page of one SKPD: draws its figures, and saves the drawing of its hand-overs.

import { saveDrawings } from "./drawing.js";
import { drawFigures } from "./plots.js";

drawFigures();
saveDrawings();
