"""The toy city with settled reports and what comes after them, at places counted in metres."""

from collections.abc import Callable
from typing import Any

import pytest

from geo_reports.models import Report, StatusChange
from geo_reports.workflow import Role, Status
from tests.analytics.places.town import at, day
from tests.factories import ReportFactory

Make = Callable[..., Report]


@pytest.fixture
def report(toy_city) -> Make:
    """`report(east, north, sent=days, fixed=days or None, ...)`: a public report, its repair claimed if said so."""

    def make(
        east: float = 0, north: float = 0, *, sent: float = 0, fixed: float | None = None, **fields: Any
    ) -> Report:
        values: dict[str, Any] = {"point": at(east, north), "submitted_at": day(sent)} | fields
        if fixed is not None:
            values = {"status": Status.DONE, "closed_at": day(fixed)} | values
        made = ReportFactory(**values)
        if fixed is not None:
            claim = {"from_status": Status.IN_PROGRESS, "to_status": Status.DONE, "role": Role.OFFICER}
            StatusChange.objects.create(report=made, at=day(fixed), **claim)
        return made

    return make
