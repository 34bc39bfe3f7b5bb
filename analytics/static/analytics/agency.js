// The page of one SKPD: draws its figures.

import { drawFigures } from "./plots.js";

drawFigures();
