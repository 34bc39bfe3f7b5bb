"""Subjects one by one, and the estimators written out plainly over them: loops, no grouping, no running totals."""

from dataclasses import dataclass
from math import prod

from hypothesis import strategies as st

from analytics.survival import Curve, kaplan_meier

# Freireich et al., Blood 21 (1963): weeks of remission of 21 children given 6-MP, then 21 given placebo.
FREIREICH_EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
FREIREICH_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
FREIREICH_PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


@dataclass(frozen=True)
class Subject:
    """Followed after `entry` until `time`, when `kind` happened; None: last seen without any event."""

    entry: float
    time: float
    kind: str | None

    def is_at_risk(self, time: float) -> bool:
        return (self.entry < time or self.entry == 0) and time <= self.time


def curve_of(events: list[float], censored: list[float]) -> Curve:
    """The curve of single observations."""
    return kaplan_meier(
        events + censored, [1] * len(events) + [0] * len(censored), [0] * len(events) + [1] * len(censored)
    )


def followed(subjects: list[Subject]) -> Curve:
    """The curve to the first event of any kind, one row per subject."""
    return kaplan_meier(
        [subject.time for subject in subjects],
        [int(subject.kind is not None) for subject in subjects],
        [int(subject.kind is None) for subject in subjects],
        entry=[subject.entry for subject in subjects],
    )


def n_at_risk(subjects: list[Subject], time: float) -> int:
    return sum(subject.is_at_risk(time) for subject in subjects)


def seen(subjects: list[Subject]) -> list[Subject]:
    """Those that are in any risk set: not with an entry that is also their end."""
    return [subject for subject in subjects if subject.is_at_risk(subject.time)]


def n_happening(subjects: list[Subject], time: float, kind: str | None = None) -> int:
    """How many have an event (of `kind`) at `time`."""
    return sum(
        subject.time == time and subject.kind is not None and kind in {None, subject.kind} for subject in seen(subjects)
    )


def event_times(subjects: list[Subject], until: float) -> list[float]:
    return sorted({s.time for s in seen(subjects) if s.kind is not None and s.time <= until})


def survival(subjects: list[Subject], time: float, *, before: bool = False) -> float:
    """S(time), or S just before `time`."""
    times = [t for t in event_times(subjects, time) if not (before and t == time)]
    return prod(1 - n_happening(subjects, t) / n_at_risk(subjects, t) for t in times)


def share(subjects: list[Subject], kind: str, time: float) -> float:
    """The cumulative incidence of `kind` by `time`."""
    return sum(
        survival(subjects, t, before=True) * n_happening(subjects, t, kind) / n_at_risk(subjects, t)
        for t in event_times(subjects, time)
    )


def subjects(*, kinds: tuple[str | None, ...] = ("fixed", None), late: bool = False) -> st.SearchStrategy:
    """Lists of 0 to 30 subjects with many ties; with `late`, about half of them come late."""
    one = st.builds(
        lambda time, entry, kind: Subject(min(entry, time), time, kind),
        st.integers(0, 12),
        st.one_of(st.just(0), st.integers(0, 12)) if late else st.just(0),
        st.sampled_from(kinds),
    )
    return st.lists(one, max_size=30)
