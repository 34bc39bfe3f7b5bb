"""Twelve months in the size of a word: a line from zero, its last value marked."""

from collections.abc import Sequence

from django import template

register = template.Library()

WIDTH, HEIGHT = 120.0, 28.0
EDGE = 4.0


@register.inclusion_tag("analytics/_trend.html")
def trend(values: Sequence[float | None], words: str) -> dict[str, object]:
    """Stretches of known values, month by month; None leaves a gap. `words` say it to who does not see it."""
    largest = max((value for value in values if value is not None), default=0.0) or 1.0
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    spots = [
        None if value is None else (EDGE + place * step, HEIGHT - EDGE - value / largest * (HEIGHT - 2 * EDGE))
        for place, value in enumerate(values)
    ]
    stretches: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            stretches.append([])
        else:
            stretches[-1].append(spot)
    last = spots[-1] if spots else None
    return {
        "words": words,
        "paths": ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in part) for part in stretches if len(part) > 1],
        "dots": [f"{x:.1f} {y:.1f}".split() for part in stretches if len(part) == 1 for x, y in part],
        "last": f"{last[0]:.1f} {last[1]:.1f}".split() if last else None,
        "is_empty": not any(stretches),
    }
