"""The pages of a monthly report, from the title to the definitions; numbered, same data, same bytes."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import IO, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from analytics.measures import Clock
from analytics.monthly.ageing_chart import AgeingChart
from analytics.monthly.curve_chart import HALF, CurveChart
from analytics.monthly.flow_chart import FlowChart
from analytics.monthly.key_numbers import key_numbers
from analytics.monthly.median_chart import MedianChart
from analytics.monthly.report import Group, Month, MonthlyReport
from analytics.monthly.tables import group_table
from analytics.monthly.words import Chart, Words
from geo_reports.paper import typeface
from geo_reports.paper.pages import About, Around, document
from geo_reports.paper.styles import (
    AGENCY,
    BARE,
    BODY,
    COUNT,
    PAGE_HEIGHT,
    SMALL,
    STRONG,
    TITLE,
    WIDTH,
    marked_up,
    said,
)

RESPONSE_DAYS: Final = 30
COMPLETION_DAYS: Final = 60
NOTE: Final = ParagraphStyle("note", SMALL, fontSize=8, leading=9.6)
ROOM: Final = 110.0  # a table does not begin where less is left of the page


def write(report: MonthlyReport, words: Words, to: IO[bytes], *, fonts: Path) -> None:
    """Write the PDF. `fonts` is the folder of the typeface.

    Raises reportlab's TTFError when the typeface is missing.
    """
    typeface.register(fonts)
    subject = report.subject
    around = Around(
        header=f"{words.title} · {subject.short_name} · {words.month}",
        footer=words.made,
        number=lambda page, pages: words.page % {"page": page, "pages": pages},
    )
    about = About(
        title=f"{words.title} {subject.short_name}, {words.month}",
        language=words.language,
        author=subject.city,
        subject=words.scope,
        made_at=report.made_at,
    )
    document(_story(report, words), to, about, around)


def _story(report: MonthlyReport, words: Words) -> list[Flowable]:
    tables = words.tables
    return [
        *_title(report, words),
        key_numbers(report, words),
        Spacer(0, 3),
        said(words.measures.note, SMALL),
        *_flow(report, words),
        *_ageing(report, words),
        PageBreak(),
        *_times(report, words),
        *_groups(report.categories, (tables.by_category, tables.category, tables.note), words),
        *_groups(report.kecamatan, (tables.by_kecamatan, tables.kecamatan, ""), words),
        *_groups(report.agencies, (tables.by_agency, tables.agency, tables.agency_note), words),
        *_definitions(words),
    ]


def _times(report: MonthlyReport, words: Words) -> list[Flowable]:
    """Curves of the month, and below them the medians of twelve."""
    charts, month, months = words.charts, report.month, report.months[1:]
    return [
        _beside(
            _curve(charts.response_curve, month.response, RESPONSE_DAYS, words),
            _curve(charts.completion_curve, month.completion, COMPLETION_DAYS, words),
        ),
        _beside(
            _medians(charts.response_medians, [each.response for each in months], months, words),
            _medians(charts.completion_medians, [each.completion for each in months], months, words),
        ),
    ]


def _title(report: MonthlyReport, words: Words) -> list[Flowable]:
    subject = report.subject
    head = Table([[said(words.title, TITLE), said(words.month, COUNT)]], [WIDTH - 160, 160], style=BARE)
    name = subject.name if subject.is_city else f"{subject.name}, {subject.city}"
    link = f'{marked_up(words.found_at)} <link href="{marked_up(subject.address)}">{marked_up(subject.address)}</link>'
    running = [said(words.running, STRONG), Spacer(0, 4)] if words.running else []
    return [
        head,
        said(name, AGENCY),
        Spacer(0, 2),
        said(words.scope, SMALL),
        Paragraph(link, SMALL),
        said(words.made, SMALL),
        Spacer(0, 10),
        *running,
        said(words.headline, AGENCY),
        Spacer(0, 10),
    ]


def _drawn(chart: Chart, drawing: Flowable | None, instead: str) -> list[Flowable]:
    """A chart under its title, with the sentence that says how to read it, or one that says why there is none."""
    shown = [said(chart.note, SMALL), Spacer(0, 5), drawing] if drawing else [said(instead, BODY)]
    return [Spacer(0, 10), said(chart.title, STRONG), *shown]


def _beside(left: list[Flowable], right: list[Flowable]) -> Table:
    return Table([[left, "", right]], [HALF, WIDTH - 2 * HALF, HALF], style=BARE)


def _flow(report: MonthlyReport, words: Words) -> list[Flowable]:
    is_empty = not any(month.came or month.left or month.backlog for month in report.months)
    return _drawn(words.charts.flow, None if is_empty else FlowChart(report.months, words), words.charts.nothing_came)


def _ageing(report: MonthlyReport, words: Words) -> list[Flowable]:
    drawing = AgeingChart(report.ageing, words) if any(age.n for age in report.ageing) else None
    return [KeepTogether(_drawn(words.charts.ageing, drawing, words.charts.nothing_open))]


def _curve(chart: Chart, clock: Clock, most_days: int, words: Words) -> list[Flowable]:
    return _drawn(chart, None if clock.is_few else CurveChart(clock, most_days, words), words.charts.too_few)


def _medians(chart: Chart, clocks: Sequence[Clock], months: Sequence[Month], words: Words) -> list[Flowable]:
    """Named by month; the year stands where it begins and under the first."""
    short = [words.short_month(month.first) for month in months]
    names = [
        name if not place or months[place].first.month == 1 else name.split()[0] for place, name in enumerate(short)
    ]
    is_empty = all(clock.is_few for clock in clocks)
    return _drawn(chart, None if is_empty else MedianChart(clocks, names, words), words.charts.too_few)


def _groups(groups: Sequence[Group], names: tuple[str, str, str], words: Words) -> list[Flowable]:
    """A table under its title and note, `names` with the head of the first column between; nothing without groups."""
    title, head, note = names
    if not groups:
        return []
    table = group_table(groups, head, words)
    notes = [said(note, SMALL)] if note else []
    return [CondPageBreak(ROOM), Spacer(0, 10), said(title, STRONG), *notes, Spacer(0, 4), table]


def _definitions(words: Words) -> list[Flowable]:
    """In two columns of about the same height, together on one page."""
    told = [Paragraph(f"<b>{marked_up(term)}.</b> {marked_up(text)}", NOTE) for term, text in words.definitions]
    depths = list(accumulate(paragraph.wrap(HALF, PAGE_HEIGHT)[1] for paragraph in told))
    half = min(range(1, len(told) + 1), key=lambda row: abs(depths[row - 1] - depths[-1] / 2))
    columns = _beside([*told[:half]], [*told[half:]])
    return [KeepTogether([Spacer(0, 8), said(words.definitions_title, STRONG), Spacer(0, 3), columns])]
