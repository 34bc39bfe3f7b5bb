"""Finds reports that may be about the same problem. Suggests; a verifikator decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports.models import Report
from geo_reports.workflow import OPEN, Status

WITHIN_M: Final = 100
CLOSED_WITHIN: Final = timedelta(days=60)
MOST: Final = 5

# The box around the shown point reads the GiST index report_public_point (degrees, a little wider
# than the circle); geography then measures between the exact points. Reports of sensitive categories
# share the anchor of their kelurahan, so they find each other through it and are measured exactly too.
FIND: Final = """
SELECT other.id, ST_Distance(other.point::geography, report.point::geography) AS distance_m,
       similarity(other.text, report.text) AS likeness
FROM geo_reports_report report
JOIN geo_reports_report other
  ON other.public_point && ST_Expand(report.public_point,
         %(within_m)s / 110000.0 / greatest(cos(radians(ST_Y(report.public_point))), 0.01))
 AND ST_DWithin(other.point::geography, report.point::geography, %(within_m)s)
JOIN geo_reports_category category ON category.slug = other.category_id
JOIN geo_reports_category same ON same.slug = report.category_id
WHERE report.id = %(report)s AND other.id <> report.id
  AND (other.category_id = report.category_id OR other.agency_id = report.agency_id)
  AND category.is_sensitive = same.is_sensitive
  AND other.visibility IN ('pending', 'published')
  AND other.status NOT IN (%(merged)s, %(withheld)s, %(archived)s)
  AND (other.status = ANY(%(open)s) OR other.closed_at >= %(closed_since)s)
ORDER BY similarity(other.text, report.text) DESC, distance_m, other.id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Candidate:
    """A report that may be about the same; distance in metres, likeness of the texts from 0 to 1."""

    report: Report
    distance_m: float
    likeness: float


def candidates(report: Report, *, at: datetime | None = None) -> list[Candidate]:
    """At most MOST reports of the same category, or of the same SKPD, that are near in place and time; likest first.

    Open, or closed in the last CLOSED_WITHIN. Confidential and withheld reports neither find nor are found.
    """
    if report.point is None or report.visibility not in {Report.Visibility.PENDING, Report.Visibility.PUBLISHED}:
        return []
    values: dict[str, Any] = {
        "report": report.pk,
        "within_m": WITHIN_M,
        "merged": Status.MERGED.value,
        "withheld": Status.WITHHELD.value,
        "archived": Status.ARCHIVED.value,
        "open": sorted(OPEN),
        "closed_since": (at or timezone.now()) - CLOSED_WITHIN,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND, values)
        rows = cursor.fetchall()
    found = Report.objects.for_cards().in_bulk([pk for pk, _distance, _likeness in rows])
    return [Candidate(found[pk], distance_m, likeness) for pk, distance_m, likeness in rows]
