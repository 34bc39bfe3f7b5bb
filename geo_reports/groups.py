"""Groups of reports about the same problem: the only writer of `merged_into` and `merged_via`.

`merged_into` is always the head of the group, so that every member is one step from its answer.
`merged_via` remembers the former head that brought a member along, so that they leave together.
"""

from collections.abc import Iterable

from geo_reports.models import Report


def join(report: Report, head: Report) -> None:
    """Put a report, with the group that it heads, below `head`. Call with all of them locked.

    `head` is in no group itself, and no member of the report's.
    """
    followers = Report.objects.filter(merged_into=report)
    followers.filter(merged_via=None).update(merged_via=report)
    followers.update(merged_into=head)
    report.merged_into, report.merged_via = head, None
    report.save(update_fields=["merged_into", "merged_via"])


def leave(report: Report) -> None:
    """Take a report out of its group, with the members that it brought along. Call with all of them locked."""
    Report.objects.filter(pk__in=brought_by(report)).update(merged_into=report)
    Report.objects.filter(merged_via=report).update(merged_via=None)
    report.merged_into = report.merged_via = None
    report.save(update_fields=["merged_into", "merged_via"])


def brought_by(report: Report) -> list[int]:
    """Ids of the members that came into the group with `report`, over any number of steps."""
    if report.merged_into_id is None:
        return []
    came_via = dict(Report.objects.filter(merged_into=report.merged_into_id).values_list("pk", "merged_via"))
    return sorted(pk for pk in came_via if report.pk in _way(pk, came_via))


def _way(pk: int, came_via: dict[int, int | None]) -> Iterable[int]:
    """The former heads between a member and the head, nearest first."""
    step = came_via[pk]
    while step is not None:
        yield step
        step = came_via.get(step)
