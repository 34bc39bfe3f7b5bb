"""A table as a file."""

import csv

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from analytics.sheets import Sheet


def as_file(sheet: Sheet) -> HttpResponse:
    """CSV with the day in its name: UTF-8, comma, decimal point, shares 0..1; empty cells: unknown or too few."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sheet.name}-{timezone.localdate():%Y-%m-%d}.csv"'
    patch_vary_headers(response, ("Cookie",))  # which names the reader's language
    csv.writer(response).writerows(sheet.written)
    return response
