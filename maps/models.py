"""What the map counts: a narrow copy of every public report, and sums of it. Nothing of it is a source.

Triggers on the table of reports write `Spot` and `Pending` in the transaction of the change
(`maps.grid.triggers`); `maps.grid` folds what is pending into `Tally` and `Cell`. Never written by anything else.
"""

from django.db import models

from geo_reports.workflow import Status


class Counted(models.Model):
    """A report as the map counts it. "" stands for no SKPD and for no area."""

    key = models.BigIntegerField(null=True)  # Morton code of x and y; NULL without a point
    x = models.IntegerField(null=True)  # Web Mercator, the world being 2^30 wide and high, from the north-west
    y = models.IntegerField(null=True)
    status = models.CharField(max_length=12, db_collation="C")
    category = models.CharField(max_length=50, db_collation="C")
    agency = models.CharField(max_length=50, db_collation="C")
    kecamatan = models.CharField(max_length=20, db_collation="C")
    kelurahan = models.CharField(max_length=20, db_collation="C")
    day = models.DateField()  # of submission, in the city's time zone
    due = models.DateField(null=True)

    class Meta:
        abstract = True


class Spot(Counted):
    """A public report, always as it is now; `id` is the report's."""

    id = models.BigIntegerField(primary_key=True)

    class Meta:
        indexes = (
            # Filtered tiles from zoom 18 on, all from zoom 20 on, and what one cell holds.
            models.Index(
                "key",
                include=("x", "y", "id", "status", "category", "agency", "kecamatan", "kelurahan", "day", "due"),
                name="spot_key",
            ),
            # Single days at the edges of a time range, in one tile.
            models.Index("day", "key", name="spot_day"),
            # The same for due dates: what is overdue since the first of the month.
            models.Index("due", "key", condition=models.Q(due__isnull=False), name="spot_due"),
            # Filters that no sum answers: a category or an SKPD together with another restriction.
            models.Index("category", "day", name="spot_category"),
            models.Index("agency", "day", name="spot_agency"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Pending(Counted):
    """A report that came into the counts (sign 1) or left them (sign -1) and is in no tally yet."""

    id = models.BigAutoField(primary_key=True)
    report = models.BigIntegerField()
    sign = models.SmallIntegerField()
    transaction = models.BigIntegerField()  # xid8 of the writer: tells what a rebuild has already seen

    def __str__(self) -> str:
        return f"{self.sign:+} {self.report}"


class Changed(models.Model):
    """A report that changed lately in what is counted or what its words are: searches look at it again.

    What is counted is here once it is no longer `Pending`; an hour later it is forgotten.
    """

    report = models.BigIntegerField()
    transaction = models.BigIntegerField()  # as in `Pending`
    at = models.DateTimeField()

    class Meta:
        # Which have changed since a search: at most those of some minutes.
        indexes = (models.Index("transaction", name="changed_since"),)

    def __str__(self) -> str:
        return str(self.report)


class Tally(models.Model):
    """How many reports of one status one cell holds, of one slice and kelurahan.

    `level` is the zoom of a tile as large as the cell, `cell` its Morton code. At level 0, the whole
    city, `cell` tells reports with a point (1) from those without (0). `slice` is what the reports
    have in common, for example `category=pothole`; see `maps.grid.slices`.
    """

    pk = models.CompositePrimaryKey("level", "slice", "cell", "kelurahan", "kecamatan", "status")
    level = models.SmallIntegerField()
    slice = models.CharField(max_length=80, db_collation="C")
    cell = models.BigIntegerField()
    kelurahan = models.CharField(max_length=20, db_collation="C")
    kecamatan = models.CharField(max_length=20, db_collation="C")
    status = models.CharField(max_length=12, db_collation="C")
    n = models.IntegerField()
    x = models.BigIntegerField()  # sums over the reports: of coordinates, for the centre of mass,
    y = models.BigIntegerField()
    ids = models.BigIntegerField()  # and of ids: that of the report where n is 1

    def __str__(self) -> str:
        return f"{self.level}/{self.cell} {self.slice} {self.status}: {self.n}"


class Cell(models.Model):
    """How many reports one cell and kelurahan holds, with a column per status: what a tile without filter shows.

    A cell is a row here and ten in `Tally`, so these go deeper.
    """

    pk = models.CompositePrimaryKey("level", "cell", "kelurahan", "kecamatan")
    level = models.SmallIntegerField()
    cell = models.BigIntegerField()
    kelurahan = models.CharField(max_length=20, db_collation="C")
    kecamatan = models.CharField(max_length=20, db_collation="C")
    n = models.IntegerField()
    x = models.BigIntegerField()  # sums as in `Tally`
    y = models.BigIntegerField()
    ids = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.level}/{self.cell}: {self.n}"


for _status in Status:
    Cell.add_to_class(f"n_{_status.value}", models.IntegerField())


class GridBuild(models.Model):
    """A rebuild under way: which moment of the data it counts, and how far it is. No row: none is."""

    snapshot = models.TextField()  # pg_current_snapshot() of the first step
    step = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"step {self.step}"
