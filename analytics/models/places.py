"""A narrow copy of every public report with its place in metres, and which reports have changed since it was made.

`analytics.places.finding` is the only writer of `Place`; triggers (`analytics.places.noting`) write
`PlaceChange` in the transaction that changes a report.
"""

from typing import Final

from django.db import models
from django.db.models.functions import Floor

from geo_reports.models import ReportQuerySet

WITHIN_M: Final = 50  # what is "the same place"


class Place(models.Model):
    """A public report as the pages of places count it.

    Fields named like the report's mean the same; "" stands for no SKPD and for no area.
    `x_m` and `y_m` are the shown point in the city's metre system; they and the hexagon (`cell_i`, `cell_j`,
    see `places.hexagons`) are empty without a point, and where the point is not the report's own but
    stands for its kelurahan (`is_blurred`). Of a report whose problem the SKPD says is fixed: since when, and
    how many reports of the same category came near by afterwards, when the first and when the last.
    """

    id = models.BigIntegerField(primary_key=True)
    category_id = models.CharField(max_length=50, db_collation="C")
    agency_id = models.CharField(max_length=50, db_collation="C")
    kecamatan_id = models.CharField(max_length=20, db_collation="C")
    kelurahan_id = models.CharField(max_length=20, db_collation="C")
    status = models.CharField(max_length=12, db_collation="C")
    submitted_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    is_blurred = models.BooleanField()
    cell_i = models.IntegerField(null=True)
    cell_j = models.IntegerField(null=True)
    x_m = models.FloatField(null=True)
    y_m = models.FloatField(null=True)
    fixed_at = models.DateTimeField(null=True)
    returns = models.IntegerField(default=0, db_default=0)
    returned_at = models.DateTimeField(null=True)
    last_returned_at = models.DateTimeField(null=True)

    # The filters of the public list read the same columns here; their search `q` does not, see `counting`.
    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = (
            # Reports of the same category near by, by strips 50 m high: six times as fast here as a GiST
            # index of category and point. See `places.finding`.
            models.Index("category_id", Floor(models.F("y_m") / float(WITHIN_M)), "x_m", name="place_near"),
            # The places that were reported again most often.
            models.Index("returns", condition=models.Q(returns__gte=2), name="place_returns"),
        )

    def __str__(self) -> str:
        return str(self.id)


class PlaceChange(models.Model):
    """A report whose row in `Place` may be out of date since `at`."""

    id = models.BigAutoField(primary_key=True)
    report = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.report)
