"""A figure on a page with what belongs to it: title, words instead of the picture, the same data as a table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from analytics.figures.style import Drawing, written
from analytics.sheets import Sheet


@dataclass(frozen=True, eq=False)
class Shown:
    """`figure` is drawn in the element of this `name`, None where there was too little to draw.

    `alternative` tells people who do not see the picture what it shows. `csv` is the address of its data.
    """

    name: str
    title: str
    note: str
    alternative: str
    figure: Drawing | None
    sheet: Sheet
    csv: str
    is_wide: bool = False


def drawings(*figures: Shown) -> SafeString:
    """What the page's script draws, by name, as JSON."""
    return mark_safe(written({each.name: each.figure for each in figures if each.figure}))  # noqa: S308  (escaped)
