"""What analytics counts: timed reports, sums of them, and which are to be timed again. Nothing of it is a source.

Triggers note in `Stale` what has changed (`analytics.timing.triggers`), in the transaction of the change;
`analytics.timing` times those reports again and keeps the sums. Never written by anything else.
"""

from django.db import models


class Timing(models.Model):
    """One subject of the clocks: a spell of an SKPD, a whole report, or both where they are the same.

    A whole report is followed as its reporter sees it, across hand-overs. "" stands for none: no SKPD,
    no area, a clock that has not begun. Hours and working days are those until the clock stopped, empty
    while it runs. How a clock stopped: see `analytics.timing.rows`.
    """

    class Part(models.TextChoices):
        SPELL = "spell"
        WHOLE = "whole"
        BOTH = "both"

    report_id = models.BigIntegerField()
    spell_id = models.BigIntegerField()  # 0: of no single spell
    part = models.CharField(max_length=5, choices=Part, db_collation="C")
    agency = models.CharField(max_length=40, db_collation="C")
    category = models.CharField(max_length=40, db_collation="C")
    kecamatan = models.CharField(max_length=13, db_collation="C")
    kelurahan = models.CharField(max_length=13, db_collation="C")
    status = models.CharField(max_length=12, db_collation="C")
    day = models.DateField()  # of submission, in the city's time zone
    closed_on = models.DateField(null=True)
    submitted_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    left_on = models.DateField(null=True)  # the day on which the SKPD was done with it, or it went elsewhere
    next_agency = models.CharField(max_length=40, db_collation="C")
    verification_outcome = models.CharField(max_length=9, db_collation="C")
    verification_hours = models.IntegerField(null=True)
    response_outcome = models.CharField(max_length=9, db_collation="C")
    response_hours = models.IntegerField(null=True)
    response_days = models.IntegerField(null=True)
    completion_outcome = models.CharField(max_length=9, db_collation="C")
    completion_hours = models.IntegerField(null=True)
    completion_days = models.IntegerField(null=True)
    confirmation_outcome = models.CharField(max_length=9, db_collation="C")
    confirmation_hours = models.IntegerField(null=True)
    is_running = models.BooleanField()  # any of the four clocks
    # The number of the working day on which it began, later by those in which the reporter was asked.
    workday = models.IntegerField(null=True)
    due_on = models.DateField(null=True)
    timeliness = models.CharField(max_length=9, db_collation="C")

    pk = models.CompositePrimaryKey("report_id", "part", "spell_id")

    class Meta:
        indexes = (
            # Filters that no sum answers: single days, two restrictions at once; comparing two periods.
            models.Index("agency", "day", name="timing_agency"),
            models.Index("category", "day", name="timing_category"),
            models.Index("kelurahan", "day", name="timing_kelurahan"),
            models.Index("kecamatan", "day", name="timing_kecamatan"),
            models.Index("day", name="timing_day"),
            # Who hands over to whom.
            models.Index("agency", "next_agency", condition=~models.Q(next_agency=""), name="timing_next"),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.part} {self.agency}"


class TimeSum(models.Model):
    """How many subjects of a slice had a clock stopped in one way after one time.

    `measure` is a clock, or another thing that is counted; `time` its hours or working days, 0 where it
    has none, and the day of its beginning while it runs, for some weeks also the hour; `month` that of
    submission, or of what is counted. See `analytics.timing.slices`.
    """

    pk = models.CompositePrimaryKey(
        "slice", "measure", "agency", "category", "kecamatan", "kelurahan", "month", "outcome", "time"
    )
    slice = models.CharField(max_length=24, db_collation="C")
    measure = models.CharField(max_length=24, db_collation="C")
    agency = models.CharField(max_length=40, db_collation="C")
    category = models.CharField(max_length=40, db_collation="C")
    kecamatan = models.CharField(max_length=13, db_collation="C")
    kelurahan = models.CharField(max_length=13, db_collation="C")
    month = models.DateField()
    outcome = models.CharField(max_length=12, db_collation="C")
    time = models.IntegerField()
    n = models.BigIntegerField()

    class Meta:
        # Of what the overview and the pages of SKPD read much: in the order of the groups, without the table.
        indexes = tuple(
            models.Index(
                *("measure", *columns, "outcome", "time"), include=("n",), condition=models.Q(slice=name), name=index
            )
            for index, name, columns in (
                ("timesum_agency", "agency", ("agency",)),
                ("timesum_month", "whole-monthly", ("month",)),
                ("timesum_agency_month", "agency-monthly", ("agency", "month")),
                ("timesum_agency_category", "agency-category", ("agency", "category")),
            )
        )

    def __str__(self) -> str:
        return f"{self.slice} {self.measure} {self.outcome} {self.time}: {self.n}"


class Stale(models.Model):
    """A report that has changed since it was timed. As often as it changed."""

    report_id = models.BigIntegerField()
    transaction = models.BigIntegerField()  # xid8 of the writer: tells what a rebuild has already seen

    def __str__(self) -> str:
        return str(self.report_id)


class TimingBuild(models.Model):
    """A rebuild under way: up to which report it has come. No row: none is."""

    snapshot = models.TextField()  # pg_current_snapshot() before the first batch
    last_id = models.BigIntegerField()
    slices = models.PositiveSmallIntegerField(default=0)  # so many are summed
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.last_id}"
