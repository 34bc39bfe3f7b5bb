"""Hand-overs as streams into one SKPD and out of it: places on a drawing, in pixels down and per cent across.

A drawing made here is a few kilobytes; plotly's smallest bundle with Sankey diagrams has 4 MB.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

import pandas as pd
from django.utils.translation import gettext as _

SHOWN: Final = 6  # on each side; the rest is one stream
ROW_PX: Final = 60
GAP_PX: Final = 12
LEAST_PX: Final = 3 * ROW_PX
LINE_PX: Final = 17
BAND_PX: Final = 150  # all that flows on the larger side
THINNEST_PX: Final = 2.0
NAME_CHARACTERS: Final = 14
NAME_LINES: Final = 2
# Of the stretch between the names: where the bar of the SKPD stands.
BAR_FROM: Final = 45
BAR_TO: Final = 55


@dataclass(frozen=True)
class Line:
    """One line of a name, and where it stands."""

    text: str
    y: int


@dataclass(frozen=True)
class Stream:
    """One neighbour: its name, how many, and the shape of the stream."""

    name: tuple[Line, ...]
    n: int
    n_y: int
    path: str


@dataclass(frozen=True)
class Streams:
    """Both sides, and the bar between them."""

    incoming: tuple[Stream, ...]
    outgoing: tuple[Stream, ...]
    came: int
    went: int
    height: int
    bar_y: int
    bar_height: int = BAND_PX


def streams(handovers: pd.DataFrame, agency: str, names: Mapping[str, str]) -> Streams | None:
    """From `queries.handovers` of one SKPD; None without any. `names` by slug."""
    sources = _leading(handovers[handovers["target"] == agency], "source", names)
    targets = _leading(handovers[handovers["source"] == agency], "target", names)
    if not sources and not targets:
        return None
    came, went = (sum(n for _name, n in side) for side in (sources, targets))
    scale = BAND_PX / max(came, went)
    height = round(max(sum(_rows(sources, scale)), sum(_rows(targets, scale)), LEAST_PX))
    return Streams(
        _placed(sources, height, scale, (0, BAR_FROM)),
        _placed(targets, height, scale, (100, BAR_TO)),
        came,
        went,
        height,
        (height - BAND_PX) // 2,
    )


def _leading(rows: pd.DataFrame, side: str, names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Names and numbers, largest first; what is beyond SHOWN together at the end."""
    found = [(names[slug], n) for slug, n in zip(rows[side].tolist(), rows["n"].tolist(), strict=True)]
    if len(found) <= SHOWN:
        return found
    rest = found[SHOWN - 1 :]
    return [*found[: SHOWN - 1], (_("%(n)s SKPD lain") % {"n": len(rest)}, sum(n for _name, n in rest))]


def _rows(side: Sequence[tuple[str, int]], scale: float) -> list[float]:
    """The height of each row: that of a name, or of a stream that is thicker."""
    return [max(ROW_PX, n * scale + GAP_PX) for _name, n in side]


def _placed(side: Sequence[tuple[str, int]], height: int, scale: float, across: tuple[int, int]) -> tuple[Stream, ...]:
    """Names stand one below the other, streams meet at the bar without gaps, both in the middle of the height."""
    rows = _rows(side, scale)
    outer = (height - sum(rows)) / 2
    inner = (height - sum(n for _name, n in side) * scale) / 2
    placed = []
    for (name, n), row in zip(side, rows, strict=True):
        middle, thick = outer + row / 2, n * scale
        lines = wrap(name, NAME_CHARACTERS)[:NAME_LINES]
        top = round(middle - LINE_PX * (len(lines) - 1) / 2)
        written = tuple(Line(text, top + LINE_PX * number) for number, text in enumerate(lines))
        shape = _path(across, middle, inner + thick / 2, max(thick, THINNEST_PX) / 2)
        placed.append(Stream(written, n, top + LINE_PX * len(lines), shape))
        outer, inner = outer + row, inner + thick
    return tuple(placed)


def _path(across: tuple[int, int], outer: float, inner: float, half: float) -> str:
    """A band with soft bends from the edge to the bar."""
    edge, bar = across
    bend = (edge + bar) / 2
    return (
        f"M{edge} {outer - half:.1f}C{bend} {outer - half:.1f} {bend} {inner - half:.1f} {bar} {inner - half:.1f}"
        f"V{inner + half:.1f}C{bend} {inner + half:.1f} {bend} {outer + half:.1f} {edge} {outer + half:.1f}Z"
    )
