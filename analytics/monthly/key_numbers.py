"""The six numbers of the month, each with its interval, the same month of the year before and twelve months."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from reportlab.platypus import Paragraph, Table, TableStyle

from analytics.comparing import difference, quantile_difference
from analytics.measures import HOURS_PER_DAY, Clock
from analytics.monthly import saying
from analytics.monthly.report import InTime, Month, MonthlyReport
from analytics.monthly.sparkline import Sparkline
from analytics.monthly.words import Phrases, Words
from analytics.survival import Estimate
from geo_reports.paper.styles import BODY, HEAD, INK, LINE, MIST, SMALL, STRONG, WIDTH, marked_up, said

NAME, NOW, BEFORE, CHANGE = 114.0, 112.0, 105.0, 112.0
TREND: Final = WIDTH - NAME - NOW - BEFORE - CHANGE
PADDING: Final = 4.0
LOOK: Final = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, 0), MIST),
        ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
)


def key_numbers(report: MonthlyReport, words: Words) -> Table:
    """One row per number."""
    month, before = report.month, report.year_before
    names = (words.measures.measure, words.short_month(month.first), words.short_month(before.first))
    heads = [said(name, HEAD) for name in (*names, words.measures.difference, words.measures.twelve_months)]
    rows = [
        _counted(report, words, words.measures.came, lambda each: each.came),
        _counted(report, words, words.measures.left, lambda each: each.left),
        _counted(report, words, words.measures.backlog, lambda each: each.backlog),
        _shared(report, words.phrases, words.measures.in_time),
        _timed(report, words.phrases, words.measures.response, lambda each: each.response),
        _timed(report, words.phrases, words.measures.completion, lambda each: each.completion),
    ]
    return Table([heads, *rows], [NAME, NOW, BEFORE, CHANGE, TREND], style=LOOK)


def _row(name: str, now: str, before: str, change: str, trend: Sequence[float | None]) -> list[Any]:
    return [said(name, BODY), _two_lines(now, STRONG), _two_lines(before, BODY), said(change, SMALL), _line(trend)]


def _line(trend: Sequence[float | None]) -> Sparkline:
    return Sparkline(trend, TREND - 2 * PADDING)


def _two_lines(text: str, style: Any) -> Paragraph:
    """The value, and what it stands on in small letters below."""
    value, _newline, rest = text.partition("\n")
    small = f'<br/><font name="{SMALL.fontName}" size="{SMALL.fontSize}" color="#555555">{marked_up(rest)}</font>'
    return Paragraph(marked_up(value) + (small if rest else ""), style)


def _counted(report: MonthlyReport, words: Words, name: str, pick: Callable[[Month], int]) -> list[Any]:
    """A plain number: all of them are known, so there is no interval. Part of a month is not compared with a whole."""
    phrases = words.phrases
    now, before = pick(report.month), pick(report.year_before)
    trend = [float(pick(month)) for month in report.months[1:]]
    if not report.year_before.has_begun:
        return _row(name, saying.count(now, phrases), phrases.nothing, "", trend)
    change = phrases.running if words.running else _with_sign(now - before, phrases, 0)
    return _row(name, saying.count(now, phrases), saying.count(before, phrases), change, trend)


def _shared(report: MonthlyReport, phrases: Phrases, name: str) -> list[Any]:
    def told(in_time: InTime) -> str:
        return f"{saying.share(in_time, phrases)}\n{saying.share_backing(in_time, phrases)}"

    now, before = report.month.in_time, report.year_before.in_time
    change = saying.in_percent(difference(now.estimate, before.estimate))
    trend = [month.in_time.estimate.value for month in report.months[1:]]
    return _row(name, told(now), told(before), _signed(change, phrases, 0, phrases.points), trend)


def _timed(report: MonthlyReport, phrases: Phrases, name: str, pick: Callable[[Month], Clock]) -> list[Any]:
    def told(clock: Clock) -> str:
        return f"{saying.median(clock, phrases)}\n{saying.backing(clock, phrases)}"

    now, before = pick(report.month), pick(report.year_before)
    change = Estimate(None, None, None)
    if not (now.is_few or before.is_few):
        change = quantile_difference(now.curve, before.curve).scaled(1 / HOURS_PER_DAY)
    trend = [pick(month).median_days.value for month in report.months[1:]]
    return _row(name, told(now), told(before), _signed(change, phrases, 1, phrases.days), trend)


def _signed(change: Estimate, phrases: Phrases, places: int, unit: str) -> str:
    """A difference with its sign, unit and interval; nothing where one of both is not known."""
    if change.value is None:
        return ""
    value, low, high = (
        None if part is None else _with_sign(part, phrases, places) for part in (change.value, change.low, change.high)
    )
    told = unit % {"value": value}
    if low is None or high is None:
        return f"{told}\n{saying.interval(change, phrases, places)}"
    return f"{told}\n{phrases.confidence % {'range': phrases.between % {'low': low, 'high': high}}}"


def _with_sign(value: float, phrases: Phrases, places: int) -> str:
    text = phrases.numerals.said(value, places)
    return f"+{text}" if value > 0 and text.strip("0.,") else text
