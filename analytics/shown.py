"""A figure on a page with what belongs to it: title, words instead of the picture, the same data as a table."""

from dataclasses import dataclass
from typing import Any

from analytics.sheets import Sheet


@dataclass(frozen=True, eq=False)
class Shown:
    """`figure` is plotly's data and layout, drawn in the element of this `name`.

    `alternative` tells people who do not see the picture what it shows. `csv` is the address of its data.
    """

    name: str
    title: str
    note: str
    alternative: str
    figure: dict[str, Any]
    sheet: Sheet
    csv: str
    is_wide: bool = False


def drawings(*figures: Shown) -> dict[str, dict[str, Any]]:
    """What the page's script draws, by name."""
    return {each.name: each.figure for each in figures}
