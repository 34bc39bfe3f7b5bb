"""Counts of all public reports, exact at every moment, at a cost that does not grow with them.

Three tables (`maps.models`). `Spot` has one narrow row per public report. `Tally` has sums of them
by cell, slice, kelurahan and status. `Pending` has what changed since it was last folded into
`Tally`: so a report's change writes two or three rows of its own, waits for nobody, and every
reader adds what is pending. A reader's one statement sees one moment of all three.

- `slices`: what is counted, and which slices answer a filter;
- `triggers`: from reports to spots;      `summing`: from spots to tallies, for all that build;
- `matching`: what the words of a search find;
- `reading`: SQL that counts a filter;    `folding`, `rebuilding`, `checking`: the upkeep.
"""
