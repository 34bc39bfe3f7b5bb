"""The clocks, and the ways in which one stops. Names only; what they measure stands in `analytics.timing.rows`."""

from typing import Final

VERIFICATION: Final = "verification"
RESPONSE: Final = "response"
COMPLETION: Final = "completion"
CONFIRMATION: Final = "confirmation"

EVENT: Final = "event"
FIXED: Final = "fixed"
REFUSED: Final = "refused"
MOVED: Final = "moved"
WITHDRAWN: Final = "withdrawn"
RUNNING: Final = "running"

# Outcomes by which what a clock waits for has happened. All others censor it.
EVENTS: Final = {
    VERIFICATION: frozenset({EVENT}),
    RESPONSE: frozenset({EVENT}),
    COMPLETION: frozenset({FIXED, REFUSED}),
    CONFIRMATION: frozenset({EVENT}),
}
