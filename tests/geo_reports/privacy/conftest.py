import pytest

from geo_reports.models import Report
from geo_reports.privacy import erasing


@pytest.fixture
def erased(toy_city, django_capture_on_commit_callbacks):
    """Erase a report as a request does: with what happens after the commit."""

    def erase(*reports: Report, with_words: bool = False) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            erasing.erase([report.pk for report in reports], with_words=with_words)
        for report in reports:
            report.refresh_from_db()

    return erase
