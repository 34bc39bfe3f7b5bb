"""What can be said of two clocks: how far apart they are, and whether their whole curves differ more than by chance."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from analytics.clocks import RESPONSE
from analytics.comparing import LogRank, log_rank
from analytics.comparison import Side
from analytics.contrasts import MEDIAN, PERCENT, PLACES, Contrast, shown
from analytics.measures import MIN_EVENTS
from analytics.numerals import said
from analytics.survival import Estimate

SIGNIFICANT: Final = 0.05
LEAST_P: Final = 0.001


@dataclass(frozen=True)
class Verdict:
    """`size` says how far the two are apart, `test` what the log-rank test says of their whole curves.

    `is_real`: that is more than chance. Where there are too few, `size` says so and there is no test.
    """

    size: str
    test: str = ""
    is_real: bool = False
    p_value: float | None = None


def verdict(one: Side, other: Side, clock: str, found: list[Contrast]) -> Verdict:
    """Of one clock, by its contrasts and the log-rank test."""
    few = [side for side in (one, other) if side.clocks[clock].is_few]
    if few:
        return Verdict(
            _("Terlalu sedikit untuk dibandingkan: %(sides)s (minimal %(least)s).")
            % {"sides": ", ".join(_few(side, clock) for side in few), "least": MIN_EVENTS}
        )
    test = log_rank(one.clocks[clock].curve, other.clocks[clock].curve)
    is_real = test.p_value is not None and test.p_value < SIGNIFICANT
    return Verdict(_size(one, other, found, is_real=is_real), _test(one, other, test), is_real, test.p_value)


def _few(side: Side, clock: str) -> str:
    found = side.clocks[clock]
    if not found.n:
        return _("%(side)s tanpa laporan") % {"side": side.named}
    words = {"side": side.named, "events": said(found.events), "n": said(found.n)}
    if clock == RESPONSE:
        return _("%(side)s %(events)s dari %(n)s ditanggapi") % words
    return _("%(side)s %(events)s dari %(n)s selesai") % words


def _size(one: Side, other: Side, found: list[Contrast], *, is_real: bool) -> str:
    """The difference of the medians where it is more than chance, else the first measure of which that is so."""
    median = next(each for each in found if each.name == MEDIAN)
    both = _both(one, other, median)
    if median.is_real:
        return f"{both}{_apart(median)}."
    if not is_real:
        return _("%(both)s: tidak dapat dibedakan dari kebetulan.") % {"both": both}
    alike = _alike(median, both)
    further = next((each for each in found if each.is_real), None)
    if further is None:
        return _("%(alike)s; tidak satu pun ukuran di bawah ini sendirian berbeda lebih dari kebetulan.") % {
            "alike": alike
        }
    return f"{alike}; {_both(one, other, further)}{_apart(further)}."


def _alike(median: Contrast, both: str) -> str:
    first, second = median.first_text.value, median.second_text.value
    if median.first.value is None and median.second.value is None:
        return _("Median keduanya belum tercapai")
    if first == second:
        return _("Median sama, %(days)s hari") % {"days": first}
    return _("%(both)s, mungkin kebetulan") % {"both": both}


def _both(one: Side, other: Side, found: Contrast) -> str:
    """The measure with the values of both."""
    values = {"one": one.named, "other": other.named} | {
        name: _value(estimate, found) for name, estimate in (("first", found.first), ("second", found.second))
    }
    if found.name == MEDIAN:
        return _("Median %(one)s %(first)s, %(other)s %(second)s") % values
    if found.kind == "days":
        return _("90%% dalam: %(one)s %(first)s, %(other)s %(second)s") % values
    values["measure"] = found.label[:1].lower() + found.label[1:]
    return _("%(measure)s: %(one)s %(first)s, %(other)s %(second)s") % values


def _value(estimate: Estimate, found: Contrast) -> str:
    if estimate.value is None:
        return _("belum tercapai")
    text = shown(estimate.value, found.kind)
    return _("%(value)s hari") % {"value": text} if found.kind == "days" else text


def _apart(found: Contrast) -> str:
    """How far apart, without a sign: the values before it say who is ahead."""
    if found.apart.value is None:
        return ""
    factor = PERCENT if found.kind == "share" else 1
    low, high = found.apart.low, found.apart.high
    if found.apart.value < 0:
        low, high = (None if high is None else -high), (None if low is None else -low)
    number = said(abs(found.apart.value) * factor, PLACES)
    size = (_("%(value)s poin") if found.kind == "share" else _("%(value)s hari")) % {"value": number}
    near, far = ("" if limit is None else said(limit * factor, PLACES) for limit in (low, high))
    reach = f"{near}–{far}" if far else _("%(low)s atau lebih") % {"low": near}  # noqa: RUF001  (from ... to)
    return _(": selisih %(size)s (95%%: %(range)s)") % {"size": size, "range": reach}


def _test(one: Side, other: Side, test: LogRank) -> str:
    """What the log-rank test says."""
    if test.p_value is None:
        return _("Tidak ada laporan yang dapat membedakan keduanya.")
    p = (_("p < 0,001") if test.p_value < LEAST_P else f"p = {said(test.p_value, 3)}").replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    if test.p_value >= SIGNIFICANT:
        return _("Seluruh kurva: perbedaannya tidak dapat dibedakan dari kebetulan (%(p)s).") % {"p": p}
    sooner = one if test.observed > test.expected else other
    return _("Seluruh kurva: %(side)s lebih cepat, lebih dari kebetulan (%(p)s).") % {"side": sooner.named, "p": p}
