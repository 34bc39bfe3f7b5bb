"""Commands that do their work once, or again and again beside the server."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator

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
