"""The tiny office in a city with a name, and a month in which it was busy."""

from collections.abc import Callable

import pytest

from geo_reports.models import City


@pytest.fixture
def city(db: None) -> City:
    return City.objects.create(
        code="77", bps_code="7700", name="Kota Uji", brand="Uji", report_prefix="KU", metric_srid=32632
    )


@pytest.fixture
def march(city: City, add: Callable) -> None:
    """March 2025: 30 answered by PU after 1 to 30 hours and done 50 hours later, 12 silent ones at Lampu,
    one without SKPD; and what nobody may know of."""
    for number in range(1, 31):
        add({"agency": "pu", "responded": number, "completed": number + 50}, status="done", closed=number + 50)
    for _ in range(12):
        add({"agency": "lampu"}, area="2")
    add(area="", forwarded=None, status="waiting")
    add({"agency": "pu"}, visibility="confidential", text="RAHASIA")
    add({"agency": "pu"}, visibility="withheld", status="withheld", text="DITAHAN")
