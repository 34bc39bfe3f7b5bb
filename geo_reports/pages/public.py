"""The citizens' reading pages: the list, one report, an agency. Thin: who, what, template."""

from django.core.exceptions import BadRequest
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from geo_reports.codes import normalised
from geo_reports.filters import ReportFilters
from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.models import Agency, Report, ReportQuerySet
from geo_reports.pages.choices import active_filters, filter_choices
from geo_reports.pages.outcome import outcome
from geo_reports.pages.own import own
from geo_reports.pages.shown import Shown, secret_of, shown
from geo_reports.pages.timeline import timeline
from geo_reports.pages.why import why, winning_shape
from geo_reports.workflow import OPEN

PAGE_SIZE = 20
BRIEF = 4


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The newest reports of a filter, a page at a time.

    The next page starts after a report (`setelah`), not at a row number: the page of any depth
    costs the same, and nothing is shown twice when new reports arrive.
    """
    problem = ""
    try:
        filters = read_filters(request.GET)
    except InvalidFilter as error:
        filters, problem = ReportFilters(), str(error)
    found = Report.objects.public().matching(filters)
    after = _cursor(request)
    rows = list(_newest(found.older_than(after) if after else found)[: PAGE_SIZE + 1])
    context = {
        "filters": filters,
        "problem": problem,
        "choices": filter_choices(filters),
        "active": active_filters(filters),
        "totals": found.aggregate(all=Count("pk"), unplaced=Count("pk", filter=Q(kecamatan=None))),
        "reports": rows[:PAGE_SIZE],
        "is_first_page": after is None,
        "next_query": filters.query(setelah=rows[PAGE_SIZE - 1].code) if len(rows) > PAGE_SIZE else "",
        "query": filters.query(),
    }
    return render(request, "geo_reports/list.html", context, status=400 if problem else 200)


def _cursor(request: HttpRequest) -> Report | None:
    """The report after which the page starts; an unknown one means the first page."""
    code = request.GET.get("setelah", "").replace("\0", "")
    return Report.objects.public().filter(code=code).first() if code else None


def _newest(reports: ReportQuerySet) -> ReportQuerySet:
    return reports.for_cards().order_by("-submitted_at", "-pk")


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One report. Its reporter, who holds the secret, sees it also when the public does not."""
    canonical = normalised(code)
    if "\0" in canonical:
        raise BadRequest
    report = shown(canonical, secret_of(request))
    if report is None:
        raise Http404
    if canonical != code:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(report.report.get_absolute_url() + query, permanent=not query)
    context = {
        "shown": report,
        "report": report.report,
        "timeline": timeline(report),
        "outcome": outcome(report),
        "place": _place(report),
        "is_new": "baru" in request.GET,
        "own": own(report.report) if report.is_own else None,
        **why(report),
    }
    response = render(request, "geo_reports/detail.html", context)
    if report.is_own:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _place(report: Shown) -> dict[str, object]:
    """What the small map draws, as plain data: a pin, or only the outline of the kelurahan."""
    area = report.report.kecamatan_id
    return {
        "point": report.point.coords if report.point else None,
        "isExact": report.point is not None and (report.is_own or not report.is_blurred),
        "kelurahan": report.report.kelurahan_id,
        "feature": winning_shape(report),
        "boundaries": reverse("maps:boundaries", args=["kelurahan"]) + f"?kecamatan={area}" if area else "",
    }


@require_safe
def skpd(request: HttpRequest, slug: str) -> HttpResponse:
    """What one agency has on its table."""
    agency = get_object_or_404(Agency, slug=slug)
    context = {"agency": agency, "query": ReportFilters(skpd=(agency.slug,)).query()}
    return render(request, "geo_reports/skpd.html", context | _summary(agency.reports.all()))


def _summary(reports: ReportQuerySet) -> dict[str, object]:
    """Numbers, the newest reports and the open ones that wait longest: 5 queries."""
    public = reports.public()
    return {
        "numbers": public.aggregate(
            all=Count("pk"),
            open=Count("pk", filter=Q(status__in=sorted(OPEN))),
            overdue=Count("pk", filter=Q(due_on__lt=timezone.localdate())),
        ),
        "newest": _newest(public)[:BRIEF],
        "oldest_open": public.open().for_cards().order_by("submitted_at", "pk")[:BRIEF],
    }
