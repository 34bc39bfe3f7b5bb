"""Words that are covered in the text and the address of a report, while the rest is shown.

What is shown is always computed from what was sent; that stays in `original_text`, and the address
in the decision. Positions count characters (code points), end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports.models import ModerationDecision, Report
from geo_reports.moderation.deciding import Effect, fields_of, held, write_down
from geo_reports.transitions import NotAllowed

Span = tuple[int, int]
MARK: Final = "[disunting]"  # stored, therefore in the city's language
FIELDS: Final = ("text", "original_text", "address")
ADDRESS_ROOM: Final[int] = Report._meta.get_field("address").max_length or 0


@dataclass(frozen=True)
class Covering:
    """A text as it was sent, and which parts of it are covered: in order, apart from each other."""

    source: str
    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, source: str, spans: Sequence[Span]) -> Self:
        """Put the spans in order, cut off what lies outside, join what touches."""
        tidy: list[Span] = []
        for start, end in sorted((max(start, 0), min(end, len(source))) for start, end in spans):
            if start >= end:
                continue
            if tidy and start <= tidy[-1][1]:
                tidy[-1] = (tidy[-1][0], max(end, tidy[-1][1]))
            else:
                tidy.append((start, end))
        return cls(source, tuple(tidy))

    @property
    def shown(self) -> str:
        """What everybody reads."""
        parts, at = [], 0
        for start, end in self.spans:
            parts += [self.source[at:start], MARK]
            at = end
        return "".join([*parts, self.source[at:]])

    def covering(self, shown_spans: Sequence[Span]) -> Self:
        """With these parts of what is shown now covered too. A mark that is touched stays covered whole."""
        more = [(self._place(start, is_end=False), self._place(end, is_end=True)) for start, end in shown_spans]
        return self.of(self.source, [*self.spans, *more])

    def _place(self, shown: int, *, is_end: bool) -> int:
        """Where a position of what is shown stands in the source; inside a mark: at the edge of what it covers."""
        shift = 0
        for start, end in self.spans:
            if shown <= start - shift:
                break
            if shown < start - shift + len(MARK):
                return end if is_end else start
            shift += end - start - len(MARK)
        return shown + shift


@dataclass(frozen=True)
class Words:
    """The words of a report that can be covered."""

    text: Covering
    address: Covering

    @property
    def is_covered(self) -> bool:
        """Whether anything is covered."""
        return bool(self.text.spans or self.address.spans)

    def covering(self, text: Sequence[Span], address: Sequence[Span]) -> Self:
        """With these parts of what is shown now covered too."""
        return replace(self, text=self.text.covering(text), address=self.address.covering(address))


def words_of(report: Report) -> Words:
    """What is covered now, read off the last decision that still describes the report. One query.

    Where the original is gone (retention, an edit, a corrected address), what is shown is the source.
    """
    last = report.decisions.filter(kind=ModerationDecision.Kind.REDACT, undone_at=None).last()
    covered = last.before.get("covered", {}) if last else {}
    text, address = _read(covered.get("text")), _read(covered.get("address"))
    return Words(
        text if text and (text.shown, text.source) == (report.text, report.original_text) else Covering(report.text),
        address if address and address.shown == report.address else Covering(report.address),
    )


@transaction.atomic
def redact(
    report_id: int, text: Sequence[Span], address: Sequence[Span] = (), *, actor: User, at: datetime | None = None
) -> Report:
    """Cover these parts of text and address as they were sent, and no others; the fresh row.

    An address that would not fit with its marks is covered whole. Raises NotYours, and NotAllowed when
    nothing would change.
    """
    report = held(report_id, actor)
    words = words_of(report)
    fresh = Words(Covering.of(words.text.source, text), _fitting(Covering.of(words.address.source, address)))
    if fresh == words:
        raise NotAllowed(_("Tandai kata yang ditutup: sejauh ini tidak ada yang berubah."))
    became = {
        "text": fresh.text.shown,
        "original_text": fresh.text.source if fresh.text.spans else "",
        "address": fresh.address.shown,
    }
    covered = {"text": _stored(fresh.text), "address": _stored(fresh.address)}
    effect = Effect(fields_of(report, FIELDS), became, more={"covered": covered})
    Report.objects.filter(pk=report_id).update(**became)
    decision = ModerationDecision(kind=ModerationDecision.Kind.REDACT, actor=actor, at=at or timezone.now())
    write_down(report, effect, decision)
    return Report.objects.get(pk=report_id)


def _fitting(address: Covering) -> Covering:
    return address if len(address.shown) <= ADDRESS_ROOM else Covering.of(address.source, [(0, len(address.source))])


def _stored(covering: Covering) -> dict[str, Any]:
    return {"source": covering.source, "spans": covering.spans}


def _read(stored: dict[str, Any] | None) -> Covering | None:
    return Covering.of(stored["source"], [(start, end) for start, end in stored["spans"]]) if stored else None
