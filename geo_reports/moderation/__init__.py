"""What the public may see of a report: the only writer of visibility and of covered words.

`deciding` says who may decide and writes each decision down; `showing` publishes, withholds and makes
confidential; `redaction` covers words, `masking` parts of photos; `undoing` takes decisions back;
`appeals` lets the reporter object, once; `counting` adds it all up for the public.
"""

from geo_reports.moderation.appeals import APPEAL_DAYS, appeal, appealable, decide_appeal, may_decide, pending_appeal
from geo_reports.moderation.deciding import NotYours
from geo_reports.moderation.masking import mask_photo, unmask_photo
from geo_reports.moderation.redaction import MARK, Covering, Span, Words, redact, words_of
from geo_reports.moderation.showing import PASSED_ON, await_check, make_confidential, publish, stays_secret, withhold
from geo_reports.moderation.undoing import obstacle, undo, undoable

__all__ = [
    "APPEAL_DAYS",
    "MARK",
    "PASSED_ON",
    "Covering",
    "NotYours",
    "Span",
    "Words",
    "appeal",
    "appealable",
    "await_check",
    "decide_appeal",
    "make_confidential",
    "mask_photo",
    "may_decide",
    "obstacle",
    "pending_appeal",
    "publish",
    "redact",
    "stays_secret",
    "undo",
    "undoable",
    "unmask_photo",
    "withhold",
    "words_of",
]
