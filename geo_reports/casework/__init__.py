"""What the desk and the reporter do to a case, where a single writer is not enough.

`assigning` names another SKPD; `asking` asks the reporter; `finishing` and `reopening` are the ends
that may not be one; `merging` groups what is the same, `duplicates` finds it; `splitting` takes apart
what is not; `noting` is for the desk alone; `replies` has ready answers.
"""

from geo_reports.casework.asking import answer_question, ask, withdraw_question
from geo_reports.casework.assigning import assign_handler, can_handle, give_back, hand_over
from geo_reports.casework.finishing import confirm, decline, finish, not_ours
from geo_reports.casework.merging import merge, merge_back, unmerge
from geo_reports.casework.noting import note
from geo_reports.casework.reopening import accept_reopening, decline_reopening, dispute, request_reopening
from geo_reports.casework.splitting import Part, split

__all__ = [
    "Part",
    "accept_reopening",
    "answer_question",
    "ask",
    "assign_handler",
    "can_handle",
    "confirm",
    "decline",
    "decline_reopening",
    "dispute",
    "finish",
    "give_back",
    "hand_over",
    "merge",
    "merge_back",
    "not_ours",
    "note",
    "request_reopening",
    "split",
    "unmerge",
    "withdraw_question",
]
