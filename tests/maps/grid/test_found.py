"""What a search found, narrowed and counted by numpy: the same as counting row by row."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maps.grid.found import EVERYTHING, GATHERED, GATHERED_BY, LABELS, NEVER, NOWHERE, Found, Labels, Rows, count
from maps.grid.slices import Part
from maps.grid.spans import Days
from maps.world import BITS, SIZE, morton

DAYS = (date(2025, 1, 5), date(2025, 1, 6), date(2025, 2, 1))


@dataclass(frozen=True)
class One:
    """A spot, as a person would write it down."""

    id: int
    place: tuple[int, int] | None
    status: str
    category: str
    agency: str
    kelurahan: str
    day: date
    due: date | None

    @property
    def key(self) -> int:
        return NOWHERE if self.place is None else morton(*self.place)


def found(ones: list[One]) -> Found:
    ordered = sorted(ones, key=lambda one: one.key)
    numbers = {
        "key": np.array([one.key for one in ordered], np.int64),
        "n": np.ones(len(ordered), np.uint8),
        "id": np.array([one.id for one in ordered], np.int64),
        "x": np.array([(one.place or (0, 0))[0] for one in ordered], np.int32),
        "y": np.array([(one.place or (0, 0))[1] for one in ordered], np.int32),
        "day": np.array([one.day.toordinal() for one in ordered], np.int32),
        "due": np.array([one.due.toordinal() if one.due else NEVER for one in ordered], np.int32),
    }
    return Found(numbers, {name: labels([label(one, name) for one in ordered]) for name in (*LABELS, "month")})


def label(one: One, name: str) -> str:
    of_others = {"month": f"{one.day:%Y-%m}", "kecamatan": one.kelurahan[:1]}
    return of_others[name] if name in of_others else getattr(one, name)


def labels(values: list[str]) -> Labels:
    known = tuple(dict.fromkeys(values))
    return Labels(np.array([known.index(value) for value in values], np.uint8), known)


place = st.one_of(st.none(), st.tuples(st.sampled_from([0, 5, SIZE // 2, SIZE - 1]), st.integers(0, SIZE - 1)))
one = st.builds(
    One,
    id=st.integers(1, 10**9),
    place=place,
    status=st.sampled_from(["waiting", "done", "declined"]),
    category=st.sampled_from(["pothole", "garbage"]),
    agency=st.sampled_from(["roads", ""]),
    kelurahan=st.sampled_from(["1a", "1b", "2a", ""]),
    day=st.sampled_from(DAYS),
    due=st.sampled_from([None, *DAYS]),
)
ones = st.lists(one, max_size=30, unique_by=lambda each: each.id)
days = st.builds(Days, st.sampled_from([None, DAYS[1]]), st.sampled_from([None, DAYS[1], DAYS[2]]))
some = st.sampled_from
areas, statuses = some([(), ("1",)]), some([None, (), ("done",), ("done", "waiting")])
without = some([(), ("declined",)])
part = st.builds(
    Part,
    kategori=some([(), ("pothole",), ("pothole", "unknown"), ("unknown",)]),
    skpd=some([(), ("roads",), ("",)]),
    kecamatan=areas,
    kelurahan=some([(), ("1b", "2a")]),
    statuses=statuses,
    without=without,
    day=days,
    due=days,
)


def satisfies(each: One, asked: Part) -> bool:
    def within(day: date | None, span: Days) -> bool:
        if span == Days():
            return True
        return day is not None and (span.first or date.min) <= day <= (span.last or date.max)

    return (
        (not asked.kategori or each.category in asked.kategori)
        and (not asked.skpd or each.agency in asked.skpd)
        and (not asked.kecamatan or each.kelurahan[:1] in asked.kecamatan)
        and (not asked.kelurahan or each.kelurahan in asked.kelurahan)
        and (asked.statuses is None or each.status in asked.statuses)
        and each.status not in asked.without
        and within(each.day, asked.day)
        and within(each.due, asked.due)
    )


@given(ones, part, st.integers(0, BITS))
def test_counting_is_counting_one_by_one(several, asked, zoom):
    rows = Rows(found(several), EVERYTHING).of(asked)
    cell, status, n, x, y, ids = count([rows], lambda rows: [rows.cells(zoom), rows.label("status")]) or [[]] * 6
    wanted = [each for each in several if satisfies(each, asked)]
    shift = 2 * (BITS - zoom)
    assert dict(zip(zip(cell, status, strict=True), n, strict=True)) == Counter(
        (each.key >> shift, each.status) for each in wanted
    )
    assert [sum(x), sum(y)] == [sum((each.place or (0, 0))[axis] for each in wanted) for axis in (0, 1)]
    assert sum(ids) == sum(each.id for each in wanted)


@given(ones, st.builds(Part, kecamatan=areas, statuses=statuses, without=without), st.integers(0, GATHERED))
def test_what_is_gathered_counts_the_same(several, asked, zoom):
    here = found(several)

    def counted(among: Found, labels) -> list[tuple]:
        return sorted(zip(*count([Rows(among, EVERYTHING).of(asked)], labels), strict=True))

    def in_cells(rows: Rows) -> list[Labels]:
        return [rows.cells(zoom), rows.label("status")]

    def in_areas(rows: Rows) -> list[Labels]:
        return [rows.placed(), *map(rows.label, GATHERED_BY)]

    assert asked.is_of_places
    for labels in (in_cells, in_areas):
        assert counted(here.gathered, labels) == counted(here, labels)
    assert here.gathered.numbers["key"].tolist() == sorted(here.gathered.numbers["key"])


@given(ones, st.lists(st.integers(0, 15), unique=True))
def test_a_window_holds_what_lies_in_its_runs(several, sixteenths):
    width = 1 << 2 * BITS - 4
    runs = [(at * width, (at + 1) * width - 1) for at in sixteenths]
    here = [name for rows in found(several).within(runs) for name in rows.number("id").tolist()]
    assert sorted(here) == sorted(each.id for each in several if each.place and each.key // width in sixteenths)


@given(ones, ones)
def test_some_are_taken_away_and_others_come(several, others):
    gone = {each.id for each in several[::2]}
    stay = [each for each in several if each.id not in gone]
    new = [each for each in others if each.id not in {each.id for each in stay}]
    merged, expected = found(several).without(gone).with_others(found(new)), found([*stay, *new])
    assert spelled(merged) == spelled(expected)
    assert merged.numbers["key"].tolist() == expected.numbers["key"].tolist()


def spelled(here: Found) -> list[tuple]:
    """Row by row, in any order."""
    columns = [column.tolist() for column in here.numbers.values()]
    columns += [[each.values[at] for at in each.numbers] for each in here.labels.values()]
    return sorted(zip(*columns, strict=True))


@given(ones)
def test_with_and_without_a_point(several):
    placed, n, *_sums = count([Rows(found(several), EVERYTHING)], lambda rows: [rows.placed()]) or [[], []]
    assert dict(zip(placed, n, strict=True)) == Counter(int(each.place is not None) for each in several)
