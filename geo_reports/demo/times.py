"""When invented reports come in, and about what: growth, rainy season, weekdays, hours.

Pure numpy. Times are seconds of the city's clock (UTC seconds plus the offset).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo_reports.demo.chance import DAY_S, HOUR_S
from geo_reports.demo.phrases import Phrases, Theme

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DAYS = 730
# At the end people report this many times as often as 24 months before.
GROWTH = 1.9
WEEKDAYS = (1.18, 1.1, 1.06, 1.04, 1.02, 0.86, 0.74)
THURSDAY = 3  # 1 January 1970
WETTEST_DAY = 15  # mid-January
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Moments:
    """`at` (n,) seconds of the city's clock, ascending; `category` (n,) indexes."""

    at: Ints
    category: Ints


def moments(
    count: int, themes: Sequence[Theme], weights: Floats, phrases: Phrases, until: int, rng: np.random.Generator
) -> Moments:
    """Draw `count` reports of the 24 months before `until` (city clock, seconds).

    `themes` and `weights` (shares) are per category.
    """
    today = until // DAY_S
    days = np.arange(today - DAYS + 1, today + 1)
    share = _intensity(days, themes, weights, rng)
    drawn = rng.multinomial(count, (share / share.sum()).ravel()).reshape(share.shape)
    at, category = [], []
    for index, theme in enumerate(themes):
        day = np.repeat(days, drawn[:, index])
        profile = np.array(phrases.hours[theme.hours], dtype=float)
        hour = rng.choice(24, len(day), p=profile / profile.sum())
        at.append(day * DAY_S + hour * HOUR_S + rng.integers(0, HOUR_S, len(day)))
        category.append(np.full(len(day), index))
    every, which = np.concatenate(at), np.concatenate(category)
    # The last day is not over yet: what would lie ahead happened a week before, to the minute.
    every = np.where(every >= until, every - 7 * DAY_S, every)
    order = np.argsort(every, kind="stable")
    return Moments(every[order], which[order])


def _intensity(days: Ints, themes: Sequence[Theme], weights: Floats, rng: np.random.Generator) -> Floats:
    """Expected reports per day and category (d, c), up to a factor."""
    wet = _wetness(days)
    rain = wet * rng.gamma(0.5, 2.0, len(days))
    trend = GROWTH ** (np.arange(len(days)) / len(days))
    general = trend * np.array(WEEKDAYS)[(days + THURSDAY) % 7]
    seasons = np.column_stack([1 + (theme.wet - 1) * wet + theme.rain * rain for theme in themes])
    expected: Floats = weights * seasons / seasons.mean(axis=0) * general[:, None]
    return expected


def _wetness(days: Ints) -> Floats:
    """0 in the dry season, 1 at the height of the rains, smoothly from October to April."""
    wetness: Floats = np.clip(np.cos(2 * np.pi * (days - WETTEST_DAY) / DAYS_PER_YEAR) * 1.2, 0, 1)
    return wetness
