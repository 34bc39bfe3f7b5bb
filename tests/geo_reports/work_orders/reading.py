"""Ask for a work order as the desk does, and read the paper back."""

import io
import re

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from geo_reports.models import Report


def ask(client: Client, *reports: Report | str, method: str = "get", **more: object) -> HttpResponseBase:
    codes = [report if isinstance(report, str) else report.code for report in reports]
    return getattr(client, method)(reverse("desk:work-order"), {"kode": codes}, **more)


def opened(response: HttpResponseBase) -> PdfReader:
    assert response.headers["Content-Type"] == "application/pdf", response.content.decode()
    return PdfReader(io.BytesIO(b"".join(response.streaming_content)))


def pages_of(response: HttpResponseBase) -> list[str]:
    """The words of each page, white space as single blanks."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in opened(response).pages]


def text_of(response: HttpResponseBase) -> str:
    return " ".join(pages_of(response))
