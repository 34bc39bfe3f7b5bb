"""The paper that a field crew takes along."""

from geo_reports.work_orders.document import write
from geo_reports.work_orders.gather import MOST_STOPS, NoOrder, UnknownReports, gather
from geo_reports.work_orders.wording import words_for

__all__ = ["MOST_STOPS", "NoOrder", "UnknownReports", "gather", "words_for", "write"]
