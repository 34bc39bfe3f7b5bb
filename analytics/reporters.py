"""Counts how many different contacts reported from each kecamatan and kelurahan in twelve months."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Upper

from analytics.models import ReporterCount
from analytics.models.reporters import LEAST
from geo_reports import exclusive
from geo_reports.models import Report

WORK: Final = "analytics.reporters"
SINCE: Final = timedelta(days=365)


@transaction.atomic
def count_reporters(at: datetime) -> int | None:
    """Count all areas anew; returns how many have enough people to be told, None when somebody else is at it.

    Reads every report of a year: for once a day. What nobody gave a contact for is in no count.
    """
    if not exclusive.is_free(WORK):
        return None
    found = [row for level in ("kecamatan_id", "kelurahan_id") for row in _counted(level, at)]
    ReporterCount.objects.all().delete()
    ReporterCount.objects.bulk_create(found)
    return sum(row.reporters is not None for row in found)


def _counted(level: str, at: datetime) -> list[ReporterCount]:
    recent = Report.objects.public().filter(submitted_at__gt=at - SINCE, **{f"{level}__isnull": False})
    counts = (
        recent.exclude(reporter_contact="")
        .order_by()
        .values_list(level)
        .annotate(reporters=Count(Upper("reporter_contact"), distinct=True), reports=Count("pk"))
    )
    return [
        ReporterCount(
            area=area, counted_at=at, **({"reporters": people, "reports": reports} if people >= LEAST else {})
        )
        for area, people, reports in counts
    ]
