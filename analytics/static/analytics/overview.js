// The overview of response times: draws its figures.

import { drawFigures } from "./plots.js";

drawFigures();
