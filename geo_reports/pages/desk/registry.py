"""All acts of the desk, in the order in which the case page offers them."""

from geo_reports.pages.desk import (
    answering,
    assigning,
    finishing,
    grouping,
    handling,
    moderating,
    placing,
    taking_back,
)

ACTS = (
    *moderating.ACTS,
    *placing.ACTS,
    *answering.ACTS,
    *finishing.ACTS,
    *handling.ACTS,
    *assigning.ACTS,
    *grouping.ACTS,
    *taking_back.ACTS,
)
