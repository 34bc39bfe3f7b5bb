"""Numbers as people read them: "1.234,5"."""

from django.utils.formats import number_format


def said(value: float, places: int = 0) -> str:
    """Rounded to so many places; Django's `number_format` alone cuts off what follows."""
    return number_format(round(value, places), places, force_grouping=True)


def signed(value: float, places: int = 0) -> str:
    """With + or a typographic minus; what is rounded to zero has neither."""
    text = said(abs(value), places)
    if not text.strip("0.,"):
        return text
    return f"+{text}" if value > 0 else f"\N{MINUS SIGN}{text}"
