"""Why this agency: the stored decision of a report, for its page."""

import json
from typing import Any

from geo_reports.pages.shown import Shown
from geo_reports.routing import undecided_sentence, versions, words


def why(report: Shown) -> dict[str, object]:
    """Who answers, as the trace tells it, or between whom a person has to choose. At most two queries."""
    stored = report.report.undecided
    trace = report.spell.trace if report.spell else stored["trace"] if stored else []
    return {
        "trace": words.told(trace) if trace else [],
        "undecided": undecided_sentence(trace) if stored and not report.spell else "",
    }


def winning_shape(report: Shown) -> Any:
    """The road, estate or asset that decided, as GeoJSON; None where it would betray a blurred place."""
    if report.spell is None or not report.spell.trace or report.is_blurred:
        return None
    shape = versions.shape_of(report.spell.trace[0])
    return json.loads(shape) if shape else None
