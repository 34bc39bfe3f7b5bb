"""All acts of the desk, in the order in which the case page offers them."""

from geo_reports.pages.desk import answering, assigning, handling, moderating

ACTS = (*moderating.ACTS, *answering.ACTS, *handling.ACTS, *assigning.ACTS)
