"""The queue of verifikator and petugas."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.workers import Worker
from geo_reports.workflow import OPEN, Role, Status

PAGE_SIZE = 50


@dataclass(frozen=True)
class Tab:
    """One pile of the queue."""

    slug: str
    label: str | Promise
    condition: Q


_OPEN = Tab("terbuka", gettext_lazy("Semua yang terbuka"), Q(status__in=sorted(OPEN)))
_ALL = Tab("semua", gettext_lazy("Semua laporan"), Q())
TABS = {
    Role.VERIFIER: (
        Tab("menunggu", gettext_lazy("Menunggu verifikasi"), Q(status=Status.WAITING)),
        Tab("tanpa-skpd", gettext_lazy("Tanpa SKPD"), Q(agency=None, status__in=sorted(OPEN))),
        _OPEN,
        _ALL,
    ),
    Role.OFFICER: (Tab("baru", gettext_lazy("Baru diteruskan"), Q(status=Status.FORWARDED)), _OPEN, _ALL),
}


@require_safe
def queue(request: HttpRequest, worker: Worker) -> HttpResponse:
    """The reports this person can work on, by due date, one pile at a time."""
    mine = worker.reports()
    try:
        mine, error = mine.matching(read_filters(request.GET)), ""
    except InvalidFilter as problem:
        error = str(problem)
    tabs = TABS[Role.OFFICER if worker.is_officer else Role.VERIFIER]
    tab = next((tab for tab in tabs if tab.slug == request.GET.get("tampil")), tabs[0])
    page = Paginator(mine.filter(tab.condition).for_cards().order_by(F("due_on").asc(nulls_last=True), "pk"), PAGE_SIZE)
    context = {
        "worker": worker,
        "tabs": [(each, mine.filter(each.condition).count()) for each in tabs],
        "tab": tab,
        "page": page.get_page(request.GET.get("halaman")),
        "error": error,
    }
    return render(request, "geo_reports/desk/queue.html", context)
