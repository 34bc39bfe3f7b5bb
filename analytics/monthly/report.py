"""What stands in a monthly report, measured: plain values that know neither the database nor the paper."""

from dataclasses import dataclass
from datetime import date, datetime

from analytics.last_month import UNDECIDED
from analytics.measures import Clock, Share
from analytics.survival import UNKNOWN, Estimate


@dataclass(frozen=True)
class Subject:
    """Whom the report is about: an SKPD, or the whole city when `is_city`; `address` is that of this report."""

    name: str
    short_name: str
    city: str
    is_city: bool
    address: str


@dataclass(frozen=True)
class InTime:
    """The share in time of what is finished or overdue; `undecided` are neither yet."""

    share: Share
    undecided: int = 0

    @property
    def is_decided(self) -> bool:
        """Whether nearly all can be judged. What finishes early would else stand for all of them."""
        return self.undecided <= UNDECIDED * (self.share.n + self.undecided)

    @property
    def estimate(self) -> Estimate:
        """The share (0..1) with its interval; unknown where there are too few, or too many undecided."""
        return self.share.estimate if self.is_decided else UNKNOWN


@dataclass(frozen=True, eq=False)
class Month:
    """The reports that came in one month, and how they fared; `left` and `backlog` are of all reports.

    `backlog` is how many were open when the month ended, or at the moment of counting when it still runs.
    Before the first report of all `has_begun` is false: there is nothing to compare with.
    """

    first: date
    has_begun: bool
    came: int
    left: int
    backlog: int
    in_time: InTime
    response: Clock
    completion: Clock


@dataclass(frozen=True, eq=False)
class Group:
    """A part of the month's reports: those of a category, an area or an SKPD."""

    name: str
    n: int
    open: int
    in_time: InTime
    response: Clock
    completion: Clock


@dataclass(frozen=True)
class AgeClass:
    """How many open reports are at least `since_days` and less than `until_days` old; None: without end."""

    since_days: int
    until_days: int | None
    n: int


@dataclass(frozen=True, eq=False)
class MonthlyReport:
    """One report. `months` are consecutive and end with the one reported; the first is the same month a year before.

    `long_waiting` counts reports of any month that have waited `long_days` and more without an answer.
    `agencies` is empty in the report of an SKPD.
    """

    subject: Subject
    made_at: datetime
    months: tuple[Month, ...]
    long_days: int
    long_waiting: int
    ageing: tuple[AgeClass, ...]
    categories: tuple[Group, ...]
    kecamatan: tuple[Group, ...]
    agencies: tuple[Group, ...]

    @property
    def month(self) -> Month:
        """The month reported."""
        return self.months[-1]

    @property
    def year_before(self) -> Month:
        """The same month of the year before."""
        return self.months[0]

    @property
    def n(self) -> int:
        """How many reports came in the month: what every table of groups adds up to."""
        return sum(group.n for group in self.categories)
