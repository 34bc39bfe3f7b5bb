"""What can be done with a report at the desk: each act is one small declaration.

An act says who may do it and when, which form asks for what it needs, and which verb does it. The
case page shows the forms of the acts that are possible now; `case.perform` runs any of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise

from geo_reports.forms.desk import ActForm
from geo_reports.models import Report
from geo_reports.workers import Worker

MAIN: Final = "main"  # these acts stand as buttons, the others are folded away


@dataclass(frozen=True)
class Undo:
    """How the page offers to take an act back: a POST to `url` with `fields`."""

    url: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Done:
    """What people read after an act, and how it can be undone."""

    sentence: str
    undo: Undo | None = None


@dataclass(frozen=True)
class Act:
    """One act. `slug` is its address name (`desk:<slug>`) and the id of its form.

    `perform(worker, report, data)` gets the cleaned data of the form (uploads included), runs inside
    a transaction, and raises NotAllowed or Overtaken with a sentence when it cannot be done.
    """

    slug: str
    title: str | Promise
    button: str | Promise
    form: type[ActForm]
    possible: Callable[[Worker, Report], bool]
    perform: Callable[[Worker, Report, dict[str, Any]], Done]
    hint: str | Promise = ""
    icon: str = ""
    tone: str = ""  # "primary", "danger" or plain
    fields: str = "geo_reports/desk/_fields.html"  # the template of what is filled in
    group: str = "more"  # where the case page shows it: "main" or one of `case.GROUPS`
    is_main: Callable[[Report], bool] = lambda report: False  # when it stands in front although it has a group

    def place(self, report: Report) -> str:
        """Where the case page of this report shows the act."""
        return MAIN if self.is_main(report) else self.group
