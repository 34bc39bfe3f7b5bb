"""No path through the verbs leads to a status that the table does not know, or to a history that does not add up."""

from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from geo_reports import deadlines, transitions
from geo_reports.models import Assignment, Question, ReopenRequest, Reply, Report, ResponseTarget, StatusChange
from geo_reports.workflow import AT_AGENCY, Role, Status
from tests.factories import NOON, ReportFactory, build_toy_city, make_verifier
from tests.geo_reports import case_rules
from tests.geo_reports.case_verbs import REFUSALS, VERBS, Town

# What opens the way to the others, and what has only now and then something to work on.
OFTEN = [*sorted(VERBS), "move", "take back", "ask", "ask", "merge", "merge", "unmerge", "answer question", "finish"]
# Most of the time a verb is tried where it can succeed.
AT_HOME = {
    "answer question": {Status.NEEDS_INFO},
    "withdraw question": {Status.NEEDS_INFO},
    "confirm": {Status.DONE},
    "dispute": {Status.DONE},
    "unmerge": {Status.MERGED},
    "finish": AT_AGENCY,
    "give back": AT_AGENCY,
}
ROWS = (Assignment, Question, ReopenRequest, Reply, StatusChange)
WRITERS, ACTS = 4, 60
# No shrinking: the steps as found can be read, and a failure takes no longer than a success.
SETTINGS = settings(
    max_examples=12, stateful_step_count=30, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def new_report(agency: str | None, category: str = "pothole") -> Report:
    """A report just sent in, as `submit` leaves it."""
    report = ReportFactory(status=Status.WAITING, agency_id=agency, category_id=category)
    if agency is None:
        transitions.open_history(report, at=NOON)
    deadlines.update([report.pk])
    return report


def set_targets() -> None:
    for step in ResponseTarget.Step.values:
        ResponseTarget.objects.create(step=step, working_days=3)


def written(pks: list[int]) -> dict[str, list[tuple]]:
    """Everything that a verb may write about these reports, as plain values."""
    rows = {"Report": list(Report.objects.filter(pk__in=pks).order_by("pk").values_list())}
    for model in ROWS:
        rows[model.__name__] = list(model.objects.filter(report__in=pks).order_by("pk").values_list())
    return rows


class Cases(RuleBasedStateMachine):
    """Three reports and whatever is split off them, in the hands of people who try everything."""

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed):
        self.savepoint = transaction.savepoint()
        reports = [new_report("roads"), new_report("roads"), new_report(None, "social")]
        self.town = Town([report.pk for report in reports], make_verifier(), Random(seed))  # noqa: S311
        self.versions = {}
        way = ((Role.VERIFIER, Status.FORWARDED), (Role.OFFICER, Status.IN_PROGRESS))
        for report in reports[:2]:  # some have already come some way
            for role, to in way[: self.town.dice.randint(0, 2)]:
                transitions.change_status(report.pk, to, role=role, at=NOON + timedelta(hours=1))

    @rule(verb=st.sampled_from(OFTEN), which=st.integers(0, 5))
    def act(self, verb, which):
        report = self.town.reports[which % len(self.town.reports)]
        if verb in AT_HOME and self.town.dice.random() < 0.7:
            fit = Report.objects.filter(pk__in=self.town.reports, status__in=AT_HOME[verb])
            report = fit.order_by("pk").values_list("pk", flat=True).first() or report
        before = written(self.town.reports)
        try:
            VERBS[verb](self.town, report)
        except REFUSALS:
            assert written(self.town.reports) == before

    @invariant()
    def everything_adds_up(self):
        if hasattr(self, "town"):
            for report in Report.objects.filter(pk__in=self.town.reports):
                case_rules.check(report)
                assert report.version >= self.versions.get(report.pk, 0)
                self.versions[report.pk] = report.version

    @invariant()
    def every_step_raised_the_version(self):
        if hasattr(self, "town"):
            steps = {pk: StatusChange.objects.filter(report=pk).count() for pk in self.town.reports}
            raised = dict(Report.objects.filter(pk__in=self.town.reports).values_list("pk", "version"))
            assert all(raised[pk] >= steps[pk] - 1 for pk in steps)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)


def test_no_path_leaves_a_report_inconsistent(toy_city):
    set_targets()
    run_state_machine_as_test(Cases, settings=SETTINGS)


@pytest.mark.django_db(transaction=True)
def test_many_hands_at_once_leave_every_report_consistent():
    build_toy_city()
    set_targets()
    pks = [new_report("roads").pk for _each in range(3)]
    actor, barrier, unexpected, refused, accepted = make_verifier(), Barrier(WRITERS), [], [], []

    def work(seed):
        town = Town(list(pks), actor, Random(seed), name=f"penulis {seed}", has_real_clock=True)  # noqa: S311
        barrier.wait()
        try:
            for _turn in range(ACTS):
                town.text()
                try:
                    VERBS[town.dice.choice(sorted(VERBS))](town, town.dice.choice(pks))
                    accepted.append(town.said)
                except REFUSALS:
                    refused.append(town.said)
        except Exception as error:  # noqa: BLE001  (a thread's error would be lost)
            unexpected.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(seed,)) for seed in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert unexpected == []
    for report in Report.objects.all():
        case_rules.check(report)
    everything = repr(written(list(Report.objects.values_list("pk", flat=True))))
    assert [words for words in refused if words in everything] == []
    assert any(words in everything for words in accepted)
