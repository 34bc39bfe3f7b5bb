"""Who may keep the grid now."""

from contextlib import AbstractContextManager
from typing import Final

from geo_reports import exclusive

WORK: Final = "maps.grid"


def alone() -> AbstractContextManager[None]:
    """Hold the grid over many transactions. Raises exclusive.Busy."""
    return exclusive.alone(
        WORK, "The grid is being folded, checked or rebuilt by another process: try again in a minute."
    )


def is_free() -> bool:
    """Take the grid for the rest of this transaction, if nobody has it."""
    return exclusive.is_free(WORK)
