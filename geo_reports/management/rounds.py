"""Commands that do their work once, or again and again beside the server."""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator

from django.core.management.base import BaseCommand
from django.db import close_old_connections


def add_every(parser: ArgumentParser) -> None:
    """The argument `--every`."""
    parser.add_argument("--every", type=int, metavar="SECONDS", help="run again and again, with this pause")


def rounds(every: int | None) -> Iterator[None]:
    """One round; with a pause in seconds, rounds without end. A lost connection is opened anew in the next one."""
    yield
    while every:
        close_old_connections()
        time.sleep(every)
        yield


def saying(command: BaseCommand) -> Callable[[object], None]:
    """Writes a line of the command that is seen at once, also in a file that is being read while it grows."""

    def say(line: object) -> None:
        command.stdout.write(str(line))
        command.stdout.flush()

    return say
