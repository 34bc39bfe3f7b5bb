import pytest

from geo_reports.demo import canvas, pictures


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch):
    """Drawing them in full takes two seconds."""
    monkeypatch.setattr(canvas, "SIZE", (128, 96))
    monkeypatch.setattr(pictures, "THUMBNAIL", (64, 48))
