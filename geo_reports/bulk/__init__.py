"""One act on many reports: `verbs` says what can be done and how it is undone, `running` does it one by one."""

from geo_reports.bulk.running import INLINE, MOST, is_silent, resume, start, start_undo, work, work_in_background
from geo_reports.bulk.verbs import VERBS, Verb, verbs_of

__all__ = [
    "INLINE",
    "MOST",
    "VERBS",
    "Verb",
    "is_silent",
    "resume",
    "start",
    "start_undo",
    "verbs_of",
    "work",
    "work_in_background",
]
