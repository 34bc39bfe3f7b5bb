"""Reports and spells timed one by one, and sums of them that are kept up to date while everybody writes.

Triggers note which reports changed; `folding` times those again and carries the difference into the
sums. A reader takes what is noted and not folded from the reports themselves, in the same statement:
every answer is exact at its moment, and no writer waits.
"""
