"""Counts of all public reports, exact at every moment, at a cost that does not grow with them.

Five tables (`maps.models`). `Spot` has one narrow row per public report. `Tally` has sums of them
by cell, slice, kelurahan and status; `Cell` has those of all reports again, with a column per
status, for tiles without a filter. `Pending` has what changed since it was last folded into these:
so a report's change writes two or three rows of its own, waits for nobody, and every reader adds
what is pending. A reader's one statement sees one moment of all. `Changed` has for an hour what was
pending, and whose words changed: a search that is kept looks only at these again.

- `slices`: what is counted, and which slices answer a filter; `spans`: the days of a range;
- `triggers`: from reports to spots;      `summing`: from spots to sums, for all that build;
- `matching`: what the words of a search find, kept and up to date; `found`: it as columns, counted;
- `reading`: SQL that counts a filter;    `cells`: SQL that counts cells without one;
- `folding`, `rebuilding`, `checking`: the upkeep.
"""
