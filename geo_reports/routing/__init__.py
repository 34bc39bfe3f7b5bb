"""Where a report is and who answers for it: decides, explains, and alone writes assignments.

`places` finds the kelurahan; `versions` publishes the rules and `compiling` prepares them; `engine`
is the decision in SQL, `decisions` its single form; `spells` and `rerouting` write assignments;
`runs` replays and re-routes in the background; `audit` looks for gaps.
"""

from geo_reports.routing.decisions import Decision, Verdict, decide, decide_for, tied, undecided_sentence
from geo_reports.routing.places import (
    UNKNOWN_PLACE,
    Outcome,
    Placement,
    locate,
    place,
    place_in,
    placement_of,
    replace_all,
)
from geo_reports.routing.spells import assign, chosen, correct, give_back, hand_over

__all__ = [
    "UNKNOWN_PLACE",
    "Decision",
    "Outcome",
    "Placement",
    "Verdict",
    "assign",
    "chosen",
    "correct",
    "decide",
    "decide_for",
    "give_back",
    "hand_over",
    "locate",
    "place",
    "place_in",
    "placement_of",
    "replace_all",
    "tied",
    "undecided_sentence",
]
