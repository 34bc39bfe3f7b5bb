"""What a search found is kept by a process and is nevertheless always as the reports are now."""

import random
from threading import Barrier, Event

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as chances
from hypothesis import strategies as st

from geo_reports.models import Category, Report
from maps.grid import folding, matching, rebuilding
from maps.grid.found import Found
from maps.models import Changed
from maps.world import Square
from tests.crew import Crew
from tests.factories import ReportFactory, build_toy_city
from tests.maps.tile_reading import features, inside

WORDS = "lubang besar"
WRITERS = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kept_for_minutes(settings):
    settings.SEARCH_SECONDS = 600
    matching._kept.clear()
    yield
    matching._kept.clear()


@pytest.fixture
def reports() -> list[Report]:
    build_toy_city()
    ReportFactory(text="Sampah menumpuk")
    return [ReportFactory(text=f"Ada {WORDS} di sini", point=Point(10.01, n / 1000, srid=4326)) for n in (3, 5, 7)]


def total(client, **query) -> int:
    return client.get(reverse("maps:measures"), {"q": WORDS} | query).json()["totals"]["total"]


def rows(found: Found) -> set[tuple]:
    """What was found, row by row."""
    columns = [column.tolist() for column in found.numbers.values()]
    columns += [[label.values[at] for at in label.numbers] for label in found.labels.values()]
    return set(zip(*columns, strict=True))


def is_as_if_found_now(words: str = WORDS) -> bool:
    kept, (_moment, anew) = matching.found(words), matching._find(words)
    assert kept.numbers["key"].tolist() == sorted(kept.numbers["key"])
    return len(kept) == len(anew) and rows(kept) == rows(anew)


def test_many_tiles_and_counts_are_one_match(client, reports, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(matching.found(WORDS)) == 3
    with django_assert_num_queries(1):  # what has changed: nothing
        assert len(matching.found(WORDS)) == 3
    assert total(client) == 3


def test_only_what_changed_is_matched_anew(reports, django_assert_num_queries):
    matching.found(WORDS)
    Report.objects.filter(pk=reports[0].pk).update(status="done")
    with django_assert_num_queries(2):
        found = matching.found(WORDS)
    with django_assert_num_queries(1):
        assert matching.found(WORDS) is found


@pytest.mark.parametrize("is_folded", [False, True])
def test_what_is_taken_from_view_or_changed_is_so_at_once(client, reports, is_folded):
    assert (total(client), total(client, status="done")) == (3, 0)
    Report.objects.filter(pk=reports[0].pk).update(visibility="withheld")
    Report.objects.filter(pk=reports[1].pk).update(status="done")
    if is_folded:
        assert folding.fold_all()
    assert (total(client), total(client, status="done")) == (2, 1)


def test_new_reports_and_new_words_are_found_at_once(client, reports):
    assert total(client) == 3
    ReportFactory(text=WORDS)
    assert total(client) == 4
    Report.objects.filter(pk=reports[0].pk).update(text="Sudah ditambal")
    assert total(client) == 3
    other = ReportFactory(text="Ada apa?", address=f"Jalan {WORDS}", visibility="pending")
    assert total(client) == 3
    Report.objects.filter(pk=other.pk).update(visibility="published")
    assert total(client) == 4


def test_without_any_report_nothing_is_found(client, reports):
    assert total(client) == 3
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE geo_reports_report CASCADE")
    assert total(client) == 0


def test_a_rebuild_hides_no_change(reports):
    matching.found(WORDS)
    Report.objects.filter(pk=reports[0].pk).update(status="done")
    rebuilding.rebuild(lambda _progress: None)
    assert is_as_if_found_now()


STEPS = {
    "status": ("in_progress", "done"),
    "visibility": ("pending", "published", "withheld"),
    "text": (WORDS, "Kabel putus", f"{WORDS} lagi"),
    "address": ("", f"Gang {WORDS}"),
    "kelurahan_id": ("99.01.1001", "99.02.1002", None),
    "public_point": (Point(10.01, 0.001, srid=4326), Point(10.01, 0.009, srid=4326), None),
    "due_on": ("2025-03-20", None),
}
change = st.sampled_from(sorted(STEPS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(STEPS[name])))
step = st.one_of(change, st.sampled_from(["new", "gone", "fold", "search"]))


@chances(max_examples=40)
@given(st.lists(st.tuples(step, st.integers(0, 9)), min_size=1, max_size=6))
def test_whatever_happens_between_two_searches(reports, steps):
    matching.found(WORDS)
    for what, number in steps:
        ids = sorted(Report.objects.values_list("pk", flat=True))
        one = Report.objects.filter(pk=ids[number % len(ids)])
        match what:
            case "new":
                ReportFactory(text=WORDS)
            case "gone" if len(ids) > 1:
                one.delete()
            case "fold":
                folding.fold(number)
            case "search":
                matching.found(WORDS)
            case (name, value):
                one.update(**{name: value})
    assert is_as_if_found_now()


def test_while_many_write_and_one_folds_a_kept_search_misses_nothing(reports):
    start, crew = Barrier(WRITERS), Crew()
    ReportFactory.create_batch(20, text=WORDS)
    ids = list(Report.objects.values_list("pk", flat=True))

    def write(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  (no secret)
        start.wait()
        for _ in range(40):
            name = chance.choice(["status", "visibility", "text"])
            Report.objects.filter(pk=chance.choice(ids)).update(**{name: chance.choice(STEPS[name])})

    def again_and_again(do, stop: Event) -> None:
        while not stop.is_set():
            do()

    for seed in range(WRITERS):
        crew.add(write, seed)
    crew.add_lasting(lambda stop: again_and_again(lambda: folding.fold(3), stop))
    crew.add_lasting(lambda stop: again_and_again(lambda: matching.found(WORDS), stop))
    crew.work()
    assert is_as_if_found_now()


def test_too_many_changes_are_not_looked_at_one_by_one(reports, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(matching, "MOST_CHANGED", 2)
    matching.found(WORDS)
    Report.objects.update(status="done")
    with django_assert_num_queries(2):
        assert len(matching.found(WORDS)) == 3
    assert is_as_if_found_now()


def test_what_no_report_shows_is_seen_when_the_minutes_are_over(client, reports):
    ReportFactory(text="Ada apa?", address=f"Jalan {WORDS}")
    assert total(client) == 4
    Category.objects.update(is_sensitive=True)
    matching._kept[next(iter(matching._kept))].found_at -= 601
    assert total(client) == 3


def test_reports_without_a_point_are_counted_and_on_no_tile(client, reports):
    ReportFactory(text=WORDS, point=None)
    assert total(client) == 4
    assert sum(feature["jumlah"] for feature in inside(features(client, Square(0, 0, 0), {"q": WORDS}))) == 3


def test_the_searches_asked_for_last_are_kept_as_far_as_there_is_room(reports, monkeypatch):
    monkeypatch.setattr(matching, "MOST_KEPT", 6)
    for words in ("lubang", "besar", "sampah", "lubang", "ada"):
        matching.found(words)
    assert [name.split()[-1] for name in matching._kept] == ["lubang", "ada"]
    monkeypatch.setattr(matching, "MOST_SEARCHES", 4)
    for n in range(6):
        matching.found(f"kata {n}")
    assert len(matching._kept) == 4


def test_what_nobody_asks_for_any_more_is_forgotten_with_the_next_search(reports):
    matching.found("besar")
    next(iter(matching._kept.values())).found_at -= 601
    matching.found("lubang")
    assert [name.split()[-1] for name in matching._kept] == ["lubang"]


def test_words_that_only_look_alike_are_told_apart(reports):
    ReportFactory(text="Jalan Straße rusak")
    assert [len(matching.found(words)) for words in ("STRASSE", "Straße", "straße")] == [0, 1, 1]


def test_one_search_is_kept_however_much_it_found(reports, monkeypatch):
    monkeypatch.setattr(matching, "MOST_KEPT", 1)
    matching.found("ada")
    assert len(matching.found("lubang")) == 3
    assert [name.split()[-1] for name in matching._kept] == ["lubang"]


def test_changes_are_forgotten_when_no_search_can_need_them(reports):
    Report.objects.filter(pk=reports[0].pk).update(text="Lain", status="done")
    folding.fold_all()
    assert Changed.objects.filter(report=reports[0].pk).exists()
    Changed.objects.update(at="2025-03-01T00:00:00Z")
    Report.objects.filter(pk=reports[1].pk).update(status="done")
    folding.fold_all()
    assert set(Changed.objects.values_list("report", flat=True)) == {reports[1].pk}
