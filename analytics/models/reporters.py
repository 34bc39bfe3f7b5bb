"""How many different people report from an area: counted once a day, because it needs their contacts."""

from typing import Final

from django.db import models

# Fewer are never told, not even to the database's readers.
LEAST: Final = 10


class ReporterCount(models.Model):
    """A kecamatan or kelurahan. `reporters` and `reports`, those with a contact, are empty for fewer than LEAST people.

    `analytics.reporters` is the only writer.
    """

    area = models.CharField(max_length=13, primary_key=True, db_collation="C")
    reporters = models.PositiveIntegerField(null=True)
    reports = models.PositiveIntegerField(null=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.area}: {self.reporters}"
