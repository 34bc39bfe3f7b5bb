"""A toy city with reports of every kind that a public map must count, blur or hide."""

from dataclasses import dataclass

import pytest
from django.contrib.gis.geos import Point

from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.factories import ReportFactory, centre_of

SECRET_WORDS = ("RAHASIA-TEKS", "DITAHAN-TEKS", "MENUNGGU-TEKS", "Budi Pelapor", "0811-0000-111", "Gang Sunyi 7")
EXACT_SENSITIVE = Point(10.01234567, 0.00765432, srid=4326)


@dataclass(frozen=True)
class Town:
    """The reports that everybody may count, and those that nobody may see."""

    public: list[Report]
    hidden: list[Report]
    sensitive: Report
    pending: Report


@pytest.fixture
def town(toy_city) -> Town:
    """Nine public reports: 5 in Timur (1 sensitive, 1 pending), 2 in Barat (1 without point), 2 in no area."""
    east = [
        ReportFactory(point=Point(10.0151 + step / 1000, 0.0051, srid=4326), status=status)
        for step, status in enumerate((Status.WAITING, Status.IN_PROGRESS, Status.DONE))
    ]
    sensitive = ReportFactory(
        category_id="social",
        address="Gang Sunyi 7",
        point=EXACT_SENSITIVE,
        public_point=centre_of("99.01.1001"),
        agency_id="clean",
        is_anonymous=False,
        reporter_name="Budi Pelapor",
        reporter_contact="0811-0000-111",
    )
    pending = ReportFactory(
        visibility="pending", status=Status.WAITING, text="MENUNGGU-TEKS", kelurahan_id="99.01.1002", agency_id=None
    )
    west = [
        ReportFactory(kelurahan_id="99.02.1001", category_id="garbage", agency_id="clean"),
        ReportFactory(kelurahan_id="99.02.1002", point=None, placement="chosen"),
    ]
    nowhere = [
        ReportFactory(
            kelurahan_id=None, point=None, placement="none", agency_id=None, text='Kutip " dan \\ dan\nbaris'
        ),
        ReportFactory(kelurahan_id=None, point=Point(11, 1, srid=4326), placement="point", agency_id=None),
    ]
    hidden = [
        ReportFactory(visibility="withheld", status=Status.WITHHELD, text="DITAHAN-TEKS"),
        ReportFactory(visibility="confidential", text="RAHASIA-TEKS"),
    ]
    return Town([*east, sensitive, pending, *west, *nowhere], hidden, sensitive, pending)
