"""What the rules tell the verifikator: a place in the text, a reason, and a sentence that says why."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Kind = Literal["withhold", "redact", "confidential"]
Strength = Literal["strong", "weak"]

# The slugs of Report.WithheldReason that words can give a hint of (a test compares them).
INSULT = "insult"
PERSONAL_ATTACK = "personal_attack"
HATE = "hate"
PROMOTION = "promotion"
OFF_TOPIC = "off_topic"
CAMPAIGN = "campaign"
PERSONAL_DATA = "personal_data"
VIOLENCE = "violence"
INCOMPLETE = "incomplete"
EMERGENCY = "emergency"
REASONS = (
    INSULT,
    PERSONAL_ATTACK,
    HATE,
    PROMOTION,
    OFF_TOPIC,
    CAMPAIGN,
    PERSONAL_DATA,
    VIOLENCE,
    INCOMPLETE,
    EMERGENCY,
)


@dataclass(frozen=True)
class Flag:
    """A hint on characters [start, end) of the text; `words` is exactly what stands there.

    `kind`: the whole report may have to be withheld, these words may be redacted, or the report
    belongs on the confidential path. `why` is Indonesian, lazily translated.
    """

    reason: str
    kind: Kind
    start: int
    end: int
    words: str
    strength: Strength
    why: "str | Promise"
