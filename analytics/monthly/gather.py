"""From the database to the counts of a monthly report. Everything in it is public information."""

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics import queries
from analytics.clocks import RESPONSE
from analytics.monthly import periods
from analytics.monthly.measuring import MONTHS_SHOWN, Counts, Grouped
from analytics.monthly.report import Subject
from analytics.timing.question import Key
from geo_reports.filters import ReportFilters
from geo_reports.models import Agency, Category, City, Kecamatan


def gather(agency: Agency | None, month: date, at: datetime) -> tuple[Subject, Counts]:
    """The counts of an SKPD, or of the city for None, as they are at the moment `at`.

    `month` is the first day of the month. The number of queries does not depend on that of reports.
    """
    everything = ReportFilters(skpd=(agency.slug,) if agency else ())
    cohort = replace(everything, dari=month, sampai=periods.last_day(month))
    year = replace(cohort, dari=periods.shifted(month, 1 - MONTHS_SHOWN))
    categories: dict[str | None, str] = {category.slug: category.label for category in Category.objects.all()}
    areas: dict[str | None, str] = {area.code: area.name for area in Kecamatan.objects.all()}
    agencies: dict[str | None, str] = {each.slug: each.short_name for each in Agency.objects.all()}
    return _subject(agency, month), Counts(
        clocks=queries.clock_counts(year, "month", at),
        in_time=queries.on_time_counts(year, "month", at),
        flow=queries.flow(everything, timezone.localtime(at)),
        ageing=queries.ageing(everything, at),
        waiting=queries.clock_counts(everything, "city", at, clocks=(RESPONSE,)),
        categories=_grouped(cohort, "category", at, categories),
        kecamatan=_grouped(cohort, "kecamatan", at, areas | {None: _("Di luar semua wilayah")}),
        agencies=None if agency else _grouped(cohort, "agency", at, agencies | {None: _("Tanpa SKPD")}),
    )


def _grouped(filters: ReportFilters, by: Key, at: datetime, names: dict[str | None, str]) -> Grouped:
    return Grouped(
        queries.report_counts(filters, by, at),
        queries.clock_counts(filters, by, at),
        queries.on_time_counts(filters, by, at),
        names,
    )


def _subject(agency: Agency | None, month: date) -> Subject:
    city = City.objects.get()
    query = {"bulan": periods.written(month)} | ({"skpd": agency.slug} if agency else {})
    return Subject(
        name=agency.name if agency else city.name,
        short_name=agency.short_name if agency else city.name,
        city=city.name,
        is_city=agency is None,
        address=f"{settings.SITE_URL}{reverse('analytics:monthly')}?{urlencode(query)}",
    )
