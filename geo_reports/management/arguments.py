"""Values on the command line that several commands take, refused with a sentence."""

from argparse import ArgumentTypeError
from datetime import date


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no day; write it as YYYY-MM-DD") from error
