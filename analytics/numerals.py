"""Numbers as people read them: "1.234,5"."""

from functools import cache

from django.utils.formats import get_format
from django.utils.translation import get_language


def said(value: float, places: int = 0) -> str:
    """Rounded to so many places, thousands set apart.

    Django's `number_format` cuts off what follows the places, and looks its marks up for every number of a table.
    """
    return f"{round(value, places):,.{places}f}".translate(_marks(get_language()))


@cache
def _marks(language: str | None) -> dict[int, str]:
    """What a language writes in the place of Python's comma and point."""
    marks = {",": "THOUSAND_SEPARATOR", ".": "DECIMAL_SEPARATOR"}
    return str.maketrans({mark: str(get_format(name, language)) for mark, name in marks.items()})


# From here on a day has no decimals.
WHOLE_DAYS = 9.95


def said_days(value: float, *others: float | None) -> str:
    """A number of days, with one decimal unless it is large; `others` are what it is written with, its limits.

    None of whole days, such as working days; one again where limits would look the same.
    """
    together = [each for each in (value, *others) if each is not None]
    if others and all(each == round(each) for each in together):
        return said(value)
    spread = max(together) - min(together)
    return said(value, 0 if value >= WHOLE_DAYS and (not others or spread >= 1) else 1)


def signed(value: float, places: int = 0) -> str:
    """With + or a typographic minus; what is rounded to zero has neither."""
    text = said(abs(value), places)
    if not text.strip("0.,"):
        return text
    return f"+{text}" if value > 0 else f"\N{MINUS SIGN}{text}"
