"""Keys of grouped counts: texts, dates, and None for what has none, which pandas would write as NaN. Pure."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def grouped(column: "pd.Series[Any]") -> tuple[NDArray[np.intp], list[Any]]:
    """For each row the place of its key, and the different keys in the order in which they come."""
    places, keys = pd.factorize(column, use_na_sentinel=False)
    return places, [None if isinstance(key, float) else key for key in keys]
