"""A tiny office: reports and spells are written as plain rows at hours counted from one moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from geo_reports.models import Agency, Assignment, Category, Kecamatan, Kelurahan, Report

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)
NOW = NOON + timedelta(days=100)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is NOW: sums answer what is asked about today, timed rows what is asked about the past."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def half_a_year_later(today: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is half a year after NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=183))


def hour(hours: float | None) -> datetime | None:
    """The moment `hours` after NOON; None stays None."""
    return None if hours is None else NOON + timedelta(hours=hours)


@pytest.fixture
def office(db: None) -> None:
    """Two agencies, one category, two kecamatan with one kelurahan each."""
    Agency.objects.create(slug="pu", short_name="PU", name="Dinas Pekerjaan Umum", kind="skpd")
    Agency.objects.create(slug="lampu", short_name="Lampu", name="Dinas Lampu", kind="skpd")
    Category.objects.create(slug="jalan", name="Jalan", name_en="Road", icon="road")
    for number in ("1", "2"):
        area = Kecamatan.objects.create(code=f"77.0{number}", bps_code=f"77{number}", name=f"Kec {number}")
        Kelurahan.objects.create(
            code=f"77.0{number}.1001", bps_code=f"77{number}1", name=f"Kel {number}", kecamatan=area
        )


AddReport = Callable[..., Report]


@pytest.fixture
def add(office: None) -> AddReport:
    """`add(spells, forwarded=0, status="forwarded", ...)`: one report; hours from NOON, see `_spell`."""
    numbers = iter(range(1, 100_000))

    def write(
        *spells: dict[str, Any],
        forwarded: float | None = 0,
        closed: float | None = None,
        area: str = "1",
        **fields: Any,
    ) -> Report:
        current = next((spell["agency"] for spell in spells if spell.get("ended") is None), None)
        values = {
            "code": f"T-{next(numbers):05}",
            "category_id": "jalan",
            "text": "Lubang",
            "status": "forwarded",
            "visibility": "published",
            "agency_id": current,
            "kecamatan_id": f"77.0{area}" if area else None,
            "kelurahan_id": f"77.0{area}.1001" if area else None,
            "submitted_at": hour(-1),
            "forwarded_at": hour(forwarded),
            "closed_at": hour(closed),
        }
        report = Report.objects.create(**(values | fields))
        for spell in spells:
            _spell(report, **spell)
        return report

    return write


def _spell(
    report: Report,
    agency: str,
    started: float = 0,
    ended: float | None = None,
    responded: float | None = None,
    completed: float | None = None,
) -> None:
    Assignment.objects.create(
        report=report,
        agency_id=agency,
        started_at=hour(started),
        ended_at=hour(ended),
        responded_at=hour(responded),
        completed_at=hour(completed),
        reason="karena aturan",
    )
