"""The measures by which two clocks are compared, each with both values and their difference; and how these are said."""

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from analytics.comparing import difference, quantile_difference
from analytics.measures import Clock
from analytics.numerals import signed
from analytics.sheets import Column
from analytics.survival import UNKNOWN, Estimate

WITHIN_DAYS: Final = (3, 14, 60)
PERCENT: Final = 100
PLACES: Final = 1
MEDIAN: Final = "median_hari"


@dataclass(frozen=True)
class Text:
    """A value for people, and the interval that it stands on; "" where there is none."""

    value: str
    interval: str = ""


@dataclass(frozen=True)
class Contrast:
    """A measure of both sides and the first minus the second: days, or shares (0..1). Unknown where there are too few.

    `name` is that in files, `label` that on pages.
    """

    name: str
    label: str
    kind: Literal["days", "share"]
    first: Estimate
    second: Estimate
    apart: Estimate

    @property
    def is_real(self) -> bool:
        """Whether the interval of the difference leaves out zero, and what is shown of it is not zero."""
        low, high = self.apart.low, self.apart.high
        is_apart = (low is not None and low > 0) or (high is not None and high < 0)
        shown = _scaled(self.apart, self.kind).value
        return is_apart and (shown is None or bool(round(shown, PLACES)))

    @property
    def first_text(self) -> Text:
        """The first side's."""
        return _text(self.first, self.kind)

    @property
    def second_text(self) -> Text:
        """The second side's."""
        return _text(self.second, self.kind)

    @property
    def apart_text(self) -> Text:
        """The difference with its sign."""
        found = _scaled(self.apart, self.kind)
        value = _("belum diketahui") if found.value is None else signed(found.value, PLACES)
        return Text(self._with_unit(value) if found.value is not None else value, limits(found))

    def _with_unit(self, value: str) -> str:
        return _("%(value)s poin") % {"value": value} if self.kind == "share" else value


def contrasts(first: Clock, second: Clock) -> list[Contrast]:
    """Median, nine of ten, and the shares within some days."""
    is_few = first.is_few or second.is_few
    found = [
        Contrast(
            name,
            label,
            "days",
            first.quantile_days(share),
            second.quantile_days(share),
            UNKNOWN if is_few else _days_apart(first, second, share),
        )
        for name, label, share in ((MEDIAN, _("Median, hari"), 0.5), ("p90_hari", _("90% dalam, hari"), 0.9))
    ]
    for days in WITHIN_DAYS:
        one, other = first.share_within(days), second.share_within(days)
        label = _("Dalam %(days)s hari") % {"days": days}
        found.append(Contrast(f"dalam_{days}_hari", label, "share", one, other, difference(one, other)))
    return found


def _days_apart(first: Clock, second: Clock, share: float) -> Estimate:
    return quantile_difference(first.curve, second.curve, share).scaled(1 / first.per_day)


def _scaled(found: Estimate, kind: str) -> Estimate:
    """In days, or in points of a hundred."""
    return found.scaled(PERCENT if kind == "share" else 1)


def shown(value: float, kind: Literal["days", "share"]) -> str:
    """Days, or a share in per cent."""
    return Column("", "", kind).shown(value)


def _text(found: Estimate, kind: Literal["days", "share"]) -> Text:
    value = _("belum tercapai") if found.value is None else shown(found.value, kind)
    if found.low is None:
        return Text(value)
    low = shown(found.low, kind)
    if found.high is None:
        return Text(value, _("%(low)s atau lebih") % {"low": low})
    return Text(value, f"{low.removesuffix('%')}–{shown(found.high, kind)}")  # noqa: RUF001  (from ... to)


def limits(found: Estimate) -> str:
    """The limits of a difference with their signs; "" where neither is known."""
    low, high = (None if part is None else signed(part, PLACES) for part in (found.low, found.high))
    if low is None:
        return "" if high is None else _("%(high)s atau kurang") % {"high": high}
    if high is None:
        return _("%(low)s atau lebih") % {"low": low}
    return _("%(low)s sampai %(high)s") % {"low": low, "high": high}
