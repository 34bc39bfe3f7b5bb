"""Repeatable chance: every stream of random numbers is named by the seed and by what it is for."""

import math
import random
import uuid
import zlib

import numpy as np

HOUR_S = 3600
DAY_S = 86_400


def dice(seed: int, *what: object) -> random.Random:
    """A Python generator for row-by-row choices."""
    return random.Random(":".join(map(str, (seed, *what))))  # noqa: S311  (must repeat, guards nothing)


def stream(seed: int, what: str, number: int = 0) -> np.random.Generator:
    """A numpy generator for whole columns."""
    return np.random.default_rng([seed, zlib.crc32(what.encode()), number])


def happens(rng: random.Random, share: float) -> bool:
    """Whether something that happens in this share of cases happens now."""
    return rng.random() < share


def lognormal_s(rng: random.Random, median_days: float, spread: float) -> int:
    """A waiting time in seconds: log-normal with this median and this sigma of the logarithm."""
    return int(DAY_S * rng.lognormvariate(math.log(median_days), spread))


def repeatable_uuid(rng: random.Random) -> uuid.UUID:
    """A version 4 UUID from the stream."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)
