"""What the commands share that keep counts beside the reports: fold, rebuild, check, and say so."""

from collections.abc import Callable
from typing import Protocol, TypeAlias

from django.core.management.base import CommandError

from geo_reports.exclusive import Busy
from geo_reports.management.rounds import rounds

Say: TypeAlias = Callable[[object], None]
Rebuild: TypeAlias = Callable[[Say], None]


class Checked(Protocol):
    """What a check found."""

    @property
    def is_exact(self) -> bool:
        """Whether nothing differs."""

    def lines(self) -> list[str]:
        """How much was compared, or what differs."""


def keep_folded(
    say: Say,
    every: int | None,
    *,
    fold_all: Callable[[], int],
    is_cheaper: Callable[[], bool],
    rebuild: Rebuild,
) -> None:
    """Fold what is noted, or rebuild where that `is_cheaper`; with a pause in seconds, again and again.

    One line for each round in which something had changed; while another process is at it, none.
    """
    for _round in rounds(every):
        try:
            if is_cheaper():
                rebuild(say)
        except Busy:
            continue
        if folded := fold_all():
            say(f"{folded:,} changes folded")


def rebuild_now(say: Say, rebuild: Rebuild) -> None:
    """Rebuild. Raises CommandError that says who is at it."""
    try:
        rebuild(say)
    except Busy as busy:
        raise CommandError(str(busy)) from busy


def say_whether_exact(say: Say, check: Callable[[], Checked], remedy: str) -> None:
    """Check. Raises CommandError with what differs and the remedy, exit code 1; with 2 while another is at it."""
    try:
        found = check()
    except Busy as busy:
        raise CommandError(str(busy), returncode=2) from busy
    if not found.is_exact:
        raise CommandError("\n".join([*found.lines(), remedy]), returncode=1)
    say("\n".join(found.lines()))
