"""Write a report as the view does, and read the paper back."""

import io
import re

from django.conf import settings
from pypdf import PdfReader

from analytics.monthly.document import write
from analytics.monthly.measuring import Counts, measured
from analytics.monthly.report import MonthlyReport, Subject
from analytics.monthly.wording import words_for
from geo_reports.paper import typeface
from tests.analytics.monthly import made_up


def written(counts: Counts, subject: Subject = made_up.CITY) -> bytes:
    return on_paper(measured(counts, subject, made_up.MONTH, made_up.MADE_AT))


def on_paper(report: MonthlyReport) -> bytes:
    paper = io.BytesIO()
    write(report, words_for(report), paper, fonts=settings.NODE_MODULES / typeface.FOLDER)
    return paper.getvalue()


def pages(pdf: bytes) -> list[str]:
    """The words of each page, white space as single blanks."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))
