"""What analytics keeps beside the reports so that a page need not read them all; nothing of it is a source."""

from analytics.models.places import Place, PlaceChange
from analytics.models.reporters import ReporterCount
from analytics.models.timing import Stale, TimeSum, Timing, TimingBuild

__all__ = ["Place", "PlaceChange", "ReporterCount", "Stale", "TimeSum", "Timing", "TimingBuild"]
