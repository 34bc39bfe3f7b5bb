"""Made-up counts for monthly reports, of any size, the same at every run."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from analytics.monthly import periods
from analytics.monthly.measuring import Counts, Grouped
from analytics.monthly.report import Subject

MONTH = date(2026, 10, 1)
MADE_AT = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
CITY = Subject(
    "Kota Contoh", "Kota Contoh", "Kota Contoh", True, "https://example.org/analitik/laporan.pdf?bulan=2026-10"
)
ROADS = Subject(
    "Dinas Jalan", "DJ", "Kota Contoh", False, "https://example.org/analitik/laporan.pdf?bulan=2026-10&skpd=dj"
)
CATEGORIES = {"road": "Jalan berlubang", "garbage": "Sampah menumpuk", "light": "Lampu jalan"}
KECAMATAN = {"99.01": "Timur", "99.02": "Barat", None: "Tanpa kecamatan"}
AGENCIES = {"dj": "Dinas Jalan", "dk": "Dinas Kebersihan", None: "Tanpa SKPD"}


def clocks(keys: Sequence[object], n: int, finished: float = 0.8, seed: int = 1) -> pd.DataFrame:
    """`n` reports for each key on both clocks; a share of them `finished`, the others still waiting."""
    chance = np.random.default_rng(seed)
    rows = []
    for key in keys:
        for clock, days in (("response", 3), ("completion", 12)):
            hours = np.maximum(chance.gamma(2, days * 12, n).round(), 1)
            done = (np.arange(n) < round(n * finished)).astype(int)
            rows += [
                (clock, key, hour, is_done, 1 - is_done, 1 - is_done) for hour, is_done in zip(hours, done, strict=True)
            ]
    return pd.DataFrame(rows, columns=["clock", "key", "time", "events", "censored", "waiting"])


def in_time(keys: Sequence[object], judged: int, hits: int, undecided: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {"key": list(keys), "in_time": hits, "judged": judged, "undecided": undecided, "without_target": 0}
    )


def grouped(names: Mapping[str | None, str], n: int, finished: float = 0.8) -> Grouped:
    keys = [key for key in names if n]
    reports = pd.DataFrame({"key": keys, "n": [n * (place + 1) for place, _key in enumerate(keys)], "open": n // 5})
    return Grouped(reports, clocks(keys, n, finished), in_time(keys, n, n * 4 // 5), names)


def counts(n: int = 60, *, finished: float = 0.8, is_city: bool = True) -> Counts:
    """Thirteen months with `n` reports each."""
    months = periods.until(MONTH, 13)
    flow = pd.DataFrame({"month": months, "came": n, "left": n * 9 // 10, "backlog": [n * k // 10 for k in range(13)]})
    ageing = pd.DataFrame(
        {"since_days": [0, 8, 15, 31, 91], "until_days": [8, 15, 31, 91, np.nan], "n": [n // k for k in range(1, 6)]}
    )
    return Counts(
        clocks=clocks(months, n, finished),
        in_time=in_time(months, n, n * 4 // 5),
        flow=flow,
        ageing=ageing,
        waiting=clocks([None], n * 3, finished),
        categories=grouped(CATEGORIES, n, finished),
        kecamatan=grouped(KECAMATAN, n, finished),
        agencies=grouped(AGENCIES, n, finished) if is_city else None,
    )
