"""After how many working days a timer acts, as `timers` reads it off the targets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from geo_reports.models import ResponseTarget

Step = ResponseTarget.Step


@dataclass
class Targets:
    """The targets in the order in which the first that fits counts."""

    rows: list[ResponseTarget]
    _fitting: dict[tuple[str, str, str], list[ResponseTarget]] = field(init=False, default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[ResponseTarget]) -> "Targets":
        """A category counts before a kind, a later beginning before an earlier or none."""
        newest = sorted(rows, key=lambda row: row.valid_from or date.min, reverse=True)
        return cls(sorted(newest, key=lambda row: (row.category_id is None, row.kind == "")))

    def working_days(self, step: Step, category: str, kind: str, on: date) -> int | None:
        """How many working days `step` may take when it begins `on`; None without a target."""
        key = (step.value, category, kind)
        if key not in self._fitting:
            self._fitting[key] = [
                row
                for row in self.rows
                if row.step == step and row.category_id in {category, None} and row.kind in {kind, ""}
            ]
        return next((row.working_days for row in self._fitting[key] if _is_valid(row, on)), None)


def _is_valid(row: ResponseTarget, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)
