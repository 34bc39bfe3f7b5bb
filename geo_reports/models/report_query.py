"""The vocabulary for asking about many reports. Each method's docstring says what comes back."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from geo_reports.codes import normalised
from geo_reports.days import day_start
from geo_reports.filters import ReportFilters
from geo_reports.workflow import CLOSED, OPEN

if TYPE_CHECKING:
    from geo_reports.models.reports import Report  # noqa: F401  (named in a string below)

PUBLIC_VISIBILITY = ("pending", "published")
STATUS_GROUPS = {"open": OPEN, "closed": CLOSED}
OVERDUE = "overdue"


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> Self:
        """Reports that the public may know of, with only what it may read as `public_*` columns.

        The one gate for everything public: withheld and confidential reports are out; until a
        person has checked a report its text, address and name are empty.
        """
        published = Q(visibility="published")
        return self.filter(visibility__in=PUBLIC_VISIBILITY).annotate(
            public_text=Case(When(published, then=F("text")), default=Value("", output_field=models.TextField())),
            public_address=Case(
                When(published & Q(category__is_sensitive=False), then=F("address")), default=Value("")
            ),
            public_name=Case(When(published & Q(is_anonymous=False), then=F("reporter_name")), default=Value("")),
        )

    def matching(self, filters: ReportFilters) -> Self:
        """Reports that satisfy every part of `filters`; the search sees only published texts and addresses."""
        conditions = {
            "category_id__in": filters.kategori,
            "agency_id__in": filters.skpd,
            "kecamatan_id__in": filters.kecamatan,
            "kelurahan_id__in": filters.kelurahan,
        }
        found = self.filter(**{key: value for key, value in conditions.items() if value})
        if filters.status:
            wanted = {str(status) for slug in filters.status for status in STATUS_GROUPS.get(slug, (slug,))}
            late = Q(due_on__lt=timezone.localdate()) if OVERDUE in filters.status else Q()
            found = found.filter(Q(status__in=sorted(wanted - {OVERDUE})) | late)
        if filters.dari:
            found = found.filter(submitted_at__gte=day_start(filters.dari))
        if filters.sampai:
            found = found.filter(submitted_at__lt=day_start(filters.sampai + timedelta(days=1)))
        if filters.q:
            found = found.filter(self._says(filters.q))
        return found

    def _says(self, words: str) -> Q:
        """What the public may read has `words` in it, or they are the report's number.

        Each part alone can use its index (report_text_trgm, report_address_trgm, the unique one of the
        number); a join to the category could not, so sensitive ones are named by a subquery.
        """
        categories = self.model._meta.get_field("category").related_model._default_manager
        is_blurred = Q(category__in=categories.filter(is_sensitive=True))
        published = Q(visibility="published")
        text, address = Q(text__icontains=words), Q(address__icontains=words)
        return (published & text) | (published & address & ~is_blurred) | Q(code=normalised(words))

    def found_at_the_desk(self, text: str) -> Self:
        """Reports with `text` in their words or address, or with this number, whether published or not.

        For the desk only. Reads the trigram indexes of text and address, and the unique one of the number.
        """
        return self.filter(Q(text__icontains=text) | Q(address__icontains=text) | Q(code=normalised(text)))

    def open(self) -> Self:
        """Reports whose problem is not settled."""
        return self.filter(status__in=sorted(OPEN))

    def closed(self) -> Self:
        """Reports that have reached an end state."""
        return self.filter(status__in=sorted(CLOSED))

    def overdue(self) -> Self:
        """Open reports whose next step should have been done before today; what is settled has no due date."""
        return self.filter(due_on__lt=timezone.localdate())

    def located(self) -> Self:
        """Reports with a point on the map."""
        return self.filter(public_point__isnull=False)

    def unplaced(self) -> Self:
        """Reports of which not even the kecamatan is known."""
        return self.filter(kecamatan__isnull=True)

    def older_than(self, report: models.Model) -> Self:
        """Reports that come after `report` when the newest stand first; reads the index report_newest."""
        at, pk = report.submitted_at, report.pk  # type: ignore[attr-defined]
        return self.filter(submitted_at__lte=at).exclude(submitted_at=at, pk__gte=pk)

    def for_cards(self) -> Self:
        """With everything a list card shows loaded: 2 queries whatever the number of rows."""
        shown = self.model._meta.get_field("photos").related_model._default_manager.filter(is_hidden=False)
        photos = models.Prefetch("photos", shown)
        return self.select_related("category", "kecamatan", "kelurahan__kecamatan", "agency").prefetch_related(photos)

    def for_rows(self) -> Self:
        """With everything a row of the desk's queue shows loaded: 1 query."""
        return self.select_related("category", "kecamatan", "kelurahan__kecamatan", "agency", "handler")
