"""The month's reports by category, kecamatan and SKPD: how many, how long, how many in time; each with n."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, TableStyle

from analytics.monthly import saying
from analytics.monthly.report import Group
from analytics.monthly.words import Phrases, Words
from geo_reports.paper.styles import CELL, HEAD, INK, LINE, MIST, WIDTH, said

COUNT, N, MEDIAN, SHARE = 40.0, 33.0, 84.0, 78.0
NAME: Final = WIDTH - 2 * COUNT - 2 * N - 2 * MEDIAN - SHARE
RIGHT: Final = ParagraphStyle("cell-right", CELL, alignment=TA_RIGHT)
HEAD_RIGHT: Final = ParagraphStyle("head-right", HEAD, alignment=TA_RIGHT, fontSize=8, leading=9.5)
HEAD_LEFT: Final = ParagraphStyle("head-left", HEAD, fontSize=8, leading=9.5)
LOOK: Final = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), MIST),
        ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2),
    ]
)


def group_table(groups: Sequence[Group], name: str, words: Words) -> LongTable:
    """One row per group, both clocks behind the one number that they share; the head comes again on every page."""
    said_by = words.tables
    heads = [said_by.reports, said_by.open, said_by.followed, said_by.response]
    heads += [said_by.completion, said_by.judged, said_by.in_time]
    head = [said(name, HEAD_LEFT), *(said(text, HEAD_RIGHT) for text in heads)]
    widths = [NAME, COUNT, COUNT, N, MEDIAN, MEDIAN, N, SHARE]
    return LongTable([head, *(_row(group, words.phrases) for group in groups)], widths, repeatRows=1, style=LOOK)


def _row(group: Group, phrases: Phrases) -> list[Paragraph]:
    cells = (
        saying.count(group.n, phrases),
        saying.count(group.open, phrases),
        saying.count(group.response.n, phrases),
        saying.median_in_cell(group.response, phrases),
        saying.median_in_cell(group.completion, phrases),
        saying.count(group.in_time.share.n, phrases),
        saying.share_in_cell(group.in_time, phrases),
    )
    return [said(group.name, CELL), *(said(cell, RIGHT) for cell in cells)]
