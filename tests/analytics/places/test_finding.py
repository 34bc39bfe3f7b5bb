"""What counts as a return, and that every change of a report is followed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.models import Place, PlaceChange
from analytics.places import finding
from geo_reports import transitions
from geo_reports.casework import merging
from geo_reports.models import Category, Report
from geo_reports.workflow import Role, Status
from tests.analytics.places.town import at, day, find
from tests.factories import make_verifier


def returns_of(report: Report) -> int:
    return Place.objects.get(pk=report.pk).returns


def test_a_report_near_by_after_the_repair_is_a_return(report):
    settled = report(sent=0, fixed=10)
    report(30, 39, sent=12)
    report(-49, 0, sent=300)
    find()

    place = Place.objects.get(pk=settled.pk)
    assert (place.fixed_at, place.returns) == (day(10), 2)
    assert (place.returned_at, place.last_returned_at) == (day(12), day(300))


@pytest.mark.parametrize(
    "other",
    [
        {"east": 31, "north": 40},
        {"category_id": "garbage"},
        {"sent": 9},
        {"sent": 376},
        {"status": Status.MERGED},
        {"visibility": "withheld"},
        {"visibility": "confidential"},
        {"point": None},
    ],
    ids=["too far", "another matter", "before the repair", "a year later", "merged", "withheld", "secret", "no point"],
)
def test_what_is_no_return(report, other):
    settled = report(sent=0, fixed=10)
    report(**({"east": 1, "north": 0, "sent": 20} | other))
    find()

    assert returns_of(settled) == 0


@pytest.mark.parametrize("status", [Status.NOT_OURS, Status.DECLINED, Status.FORWARDED, Status.REOPENED])
def test_only_what_is_said_to_be_fixed_is_followed(report, status):
    settled = report(sent=0, fixed=10, status=status)
    report(sent=20)
    find()

    place = Place.objects.get(pk=settled.pk)
    assert (place.fixed_at, place.returns) == (None, 0)


def test_where_the_point_stands_for_the_kelurahan_nothing_is_near(report):
    settled = report(sent=0, fixed=10, category_id="social")
    report(sent=20, category_id="social")
    find()

    place = Place.objects.get(pk=settled.pk)
    assert (place.is_blurred, place.x_m, place.cell_i, place.returns) == (True, None, None, 0)


def test_a_category_that_becomes_sensitive_takes_its_points_along(report):
    settled = report(sent=0, fixed=10)
    report(sent=20)
    find()
    Category.objects.filter(pk="pothole").update(is_sensitive=True)
    find()

    assert Place.objects.filter(x_m=None).count() == 2
    assert returns_of(settled) == 0


def test_the_last_claim_that_stands_is_followed(report, officer):
    settled = report(sent=0, fixed=10)
    transitions.change_status(settled.pk, Status.REOPENED, role=Role.VERIFIER, at=day(15))
    transitions.change_status(settled.pk, Status.FORWARDED, role=Role.VERIFIER, at=day(16))
    transitions.complete(settled.pk, has_photo=True, actor=officer, at=day(40))
    transitions.change_status(settled.pk, Status.CONFIRMED, role=Role.REPORTER, at=day(45))
    report(sent=20)
    report(sent=42)
    find()

    assert Place.objects.get(pk=settled.pk).fixed_at == day(40)
    assert returns_of(settled) == 1


def test_a_repair_that_is_taken_back_is_followed_no_more(report, officer):
    settled = report(sent=0, status=Status.IN_PROGRESS)
    report(sent=20)
    transitions.complete(settled.pk, has_photo=True, actor=officer, at=day(10))
    find()
    assert returns_of(settled) == 1

    transitions.take_back(transitions.last_step(settled).pk, actor=officer, at=day(11))
    find()
    assert Place.objects.get(pk=settled.pk).fixed_at is None


def test_a_return_that_is_merged_counts_no_more_and_again_when_it_is_taken_apart(report):
    verifier = make_verifier()
    settled, head, again = report(sent=0, fixed=10), report(500, sent=20), report(sent=21)
    find()
    assert returns_of(settled) == 1

    merging.merge(head.pk, [again.pk], actor=verifier)
    find()
    assert returns_of(settled) == 0

    merging.unmerge(again.pk, actor=verifier)
    find()
    assert returns_of(settled) == 1


def test_a_return_that_is_moved_counts_where_it_is_now(report):
    here, there, again = report(0, sent=0, fixed=10), report(400, sent=0, fixed=10), report(0, sent=20)
    find()
    Report.objects.filter(pk=again.pk).update(public_point=at(400))
    find()

    assert (returns_of(here), returns_of(there)) == (0, 1)


def test_what_is_deleted_leaves_nothing(report):
    settled, again = report(sent=0, fixed=10), report(sent=20)
    find()
    again.changes.all().delete()
    again.assignments.all().delete()
    again.delete()
    find()

    assert returns_of(settled) == 0
    assert Place.objects.count() == 1


def test_a_change_of_what_is_not_looked_at_is_not_noted(report):
    report()
    find()
    Report.objects.update(text="lain", version=F("version") + 1)

    assert not PlaceChange.objects.exists()


def test_rounds_in_small_batches_come_to_the_same(report):
    settled = [report(step * 20, sent=step, fixed=step + 30) for step in range(4)]
    for step in range(4):
        report(step * 20, sent=40 + step)
    assert list(finding.find_all(3)) == [3, 3, 2]
    in_small = [returns_of(one) for one in settled]
    call_command("find_recurrences", "--afresh", stdout=StringIO())

    assert [returns_of(one) for one in settled] == in_small == [3, 4, 4, 3]


def test_a_fresh_look_mends_whatever_is_wrong(report):
    settled = report(sent=0, fixed=10)
    report(sent=20)
    find()
    right = list(Place.objects.order_by("pk").values_list())
    Place.objects.filter(pk=settled.pk).update(returns=7, cell_i=1, category_id="garbage")
    Place.objects.bulk_create([Place(id=0, submitted_at=day(30), is_blurred=False, category_id="pothole")])
    call_command("find_recurrences", "--afresh", stdout=StringIO())

    assert list(Place.objects.order_by("pk").values_list()) == right


def test_the_oldest_change_that_was_not_looked_at_says_how_old_the_numbers_are(report, monkeypatch):
    report()
    oldest = PlaceChange.objects.get().at
    monkeypatch.setattr(timezone, "now", lambda: oldest + timedelta(minutes=9))
    PlaceChange.objects.create(report=1, at=oldest + timedelta(minutes=5))

    assert finding.as_of() == oldest
    find()
    assert finding.as_of() > oldest


def test_the_command_tells_what_it_did_and_does_nothing_twice(report):
    report()
    said = StringIO()
    call_command("find_recurrences", stdout=said)
    call_command("find_recurrences", stdout=said)

    assert said.getvalue() == "1 reports looked at, 0 changes to go\n"


@pytest.mark.django_db
def test_without_a_city_everything_stays_noted():
    PlaceChange.objects.create(report=1, at=day(0))

    assert find() == 0
    assert PlaceChange.objects.exists()


CHANGE = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["east", "status", "visibility", "category_id", "submitted_at"]),
    st.integers(0, 3),
    st.booleans(),
)
VALUES = {
    "status": [Status.DONE, Status.CONFIRMED, Status.MERGED, Status.IN_PROGRESS],
    "visibility": ["published", "published", "pending", "withheld"],
    "category_id": ["pothole", "pothole", "garbage", "social"],
    "submitted_at": [day(0), day(60), day(300), day(500)],
    "east": [0, 45, 90, 500],
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGE, min_size=3, max_size=12))
def test_whatever_changes_in_whatever_order_the_rows_are_those_of_a_fresh_look(report, changes):
    Report.objects.all().delete()
    reports = [report(45 * step, sent=60 * step, fixed=60 * step + 10) for step in range(6)]
    for number, field, choice, is_looked_at in changes:
        value = VALUES[field][choice]
        changed = {"public_point": at(value)} if field == "east" else {field: value}
        Report.objects.filter(pk=reports[number].pk).update(**changed)
        if is_looked_at:
            find()
    find()
    followed = list(Place.objects.order_by("pk").values_list())
    PlaceChange.objects.bulk_create(PlaceChange(report=one.pk, at=day(0)) for one in reports)
    find()

    assert list(Place.objects.order_by("pk").values_list()) == followed
    assert [(pk, n) for pk, *_rest, n, _first, _last in followed] == by_hand()


def by_hand() -> list[tuple[int, int]]:
    """Each public report with its number of returns, compared one by one."""
    places = list(Place.objects.order_by("pk"))

    def is_return(settled, other):
        return (
            settled.fixed_at is not None
            and settled.x_m is not None
            and other.x_m is not None
            and settled.pk != other.pk
            and settled.category_id == other.category_id
            and abs(complex(settled.x_m - other.x_m, settled.y_m - other.y_m)) <= 50
            and settled.fixed_at < other.submitted_at <= settled.fixed_at + timedelta(days=365)
            and other.status != Status.MERGED
        )

    return [(one.pk, sum(is_return(one, other) for other in places)) for one in places]
