"""The queue: what lies on whose pile, by due date, one page at a time."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.views.decorators.http import require_safe

from geo_reports import bulk
from geo_reports.forms import InvalidFilter
from geo_reports.models import ReportQuerySet
from geo_reports.pages.desk import narrowing
from geo_reports.pages.desk.counts import CAP, capped
from geo_reports.pages.desk.hints import hints
from geo_reports.pages.desk.narrowing import Narrowing
from geo_reports.pages.desk.paging import read_page
from geo_reports.pages.desk.piles import PILES, Pile
from geo_reports.pages.desk.placing import named_places
from geo_reports.pages.desk.texts import TEXTS
from geo_reports.workers import Worker
from geo_reports.workflow import Status

PART = "X-Desk-Part"  # a script asks for one part of a page


@dataclass(frozen=True)
class Tab:
    """A pile as the page shows it: `query` leads to it with the same filter."""

    pile: Pile
    query: str
    count: int | None

    @property
    def told(self) -> str:
        """The count in words, "" where nobody counted; beyond the cap nobody counted on."""
        if self.count is None:
            return ""
        return f"{number_format(CAP, force_grouping=True)}+" if self.count > CAP else str(self.count)


@require_safe
def queue(request: HttpRequest, worker: Worker) -> HttpResponse:
    """The reports this person can work on, one pile at a time; as a part: the tabs alone."""
    today, error = timezone.localdate(), ""
    try:
        wanted = narrowing.read_narrowing(request.GET)
    except InvalidFilter as problem:
        wanted, error = Narrowing(), str(problem)
    mine = wanted.apply(worker.reports(), worker)
    tabs = _tabs(worker, mine, wanted, request.GET.get("tampil", ""), today)
    tab = _chosen(tabs, request.GET.get("tampil", ""))
    pile = tab.pile
    context = {"worker": worker, "tabs": tabs, "tab": tab}
    if request.headers.get(PART) == "tabs":
        return render(request, "geo_reports/desk/_tabs.html", context)
    offered = narrowing.choices(wanted, worker)
    page = read_page(mine.filter(pile.condition(worker, today)).for_rows(), pile.order, request.GET)
    context |= {
        "hints": hints(each for each in page.rows if each.status == Status.WAITING) if worker.is_verifier else {},
        "places": named_places(page.rows) if worker.is_verifier else {},
        "today": today,
        "page": page,
        "error": error,
        "wanted": wanted,
        "texts": TEXTS,
        "verbs": bulk.verbs_of(worker),
        "most": bulk.MOST,
        "hidden": parse_qsl(wanted.query(tampil=pile.slug, q="")),
        "all_query": tabs[-1].query,
        "list_query": wanted.query(tampil=pile.slug),
        "choices": offered,
        "active": narrowing.in_force(wanted, offered, pile.slug),
    }
    return render(request, "geo_reports/desk/queue.html", context)


def _tabs(worker: Worker, mine: ReportQuerySet, wanted: Narrowing, slug: str, today: date) -> list[Tab]:
    """All piles; while words are searched for only the chosen one is counted, for each count would search anew."""
    piles = PILES[worker.role]
    counted = [pile for pile in piles if not wanted.filters.q or pile.slug == slug] or list(piles[-1:])
    counts = capped([pile.order.sort(mine.filter(pile.condition(worker, today))) for pile in counted])
    known = dict(zip((pile.slug for pile in counted), counts, strict=True))
    return [Tab(pile, wanted.query(tampil=pile.slug), known.get(pile.slug)) for pile in piles]


def _chosen(tabs: list[Tab], slug: str) -> Tab:
    """The tab that the address names; else the first on which something lies."""
    named = (tab for tab in tabs if tab.pile.slug == slug)
    busy = (tab for tab in tabs if tab.count)
    return next(named, None) or next(busy, None) or tabs[0]
