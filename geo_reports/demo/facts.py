"""What happened to one invented report, as it will stand in the tables. Times are seconds since 1970."""

from dataclasses import dataclass

from geo_reports.models import Appeal, ModerationDecision, ReopenRequest, Report
from geo_reports.workflow import Role, Status


@dataclass(frozen=True, slots=True)
class Assigned:
    """A decision as it is stored; no agency when a person has to decide, then `undecided` says why."""

    agency: str
    reason: str
    trace: str
    undecided: str = ""


@dataclass(slots=True)
class Spell:
    """An assignment."""

    assigned: Assigned
    started: int
    ended: int | None = None
    responded: int | None = None
    completed: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A status change; `spell` is the number of the spell in force, `undoes` that of the step it takes back."""

    before: str
    to: Status
    at: int
    role: Role
    spell: int | None
    note: str = ""
    no_photo_reason: str = ""
    owner: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A public answer of an agency."""

    agency: str
    text: str
    at: int


@dataclass(slots=True)
class Question:
    """What the desk asked the reporter."""

    text: str
    role: Role
    at: int
    back: Status
    answer: str = ""
    answered: int | None = None
    closed: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Who may read a report, and why not everybody."""

    visibility: Report.Visibility
    reason: str = ""


@dataclass(slots=True)
class Objection:
    """An appeal against a ruling."""

    text: str
    at: int
    outcome: Appeal.Outcome = Appeal.Outcome.PENDING
    decided: int | None = None
    note: str = ""


@dataclass(slots=True)
class Ruling:
    """A moderation decision; `steps` are the numbers of the steps that it took."""

    kind: ModerationDecision.Kind
    at: int
    was: Shown
    became: Shown
    steps: list[int]
    waited: int | None
    undone: int | None = None
    objection: Objection | None = None


@dataclass(slots=True)
class Plea:
    """A request to open a closed report again; `is_pictured` comes with a photo, as everybody's but the reporter's."""

    text: str
    at: int
    is_pictured: bool
    outcome: ReopenRequest.Outcome = ReopenRequest.Outcome.PENDING
    decided: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """An internal note."""

    text: str
    at: int
