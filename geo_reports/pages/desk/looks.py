"""The log of looks at personal data, for administrators: who, when, at what of which report, and why."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geo_reports.days import day_start
from geo_reports.forms.privacy import LogFilterForm
from geo_reports.models import PersonalDataLook
from geo_reports.workers import Worker

PAGE_SIZE = 50


@require_safe
def log(request: HttpRequest, worker: Worker) -> HttpResponse:
    """The newest looks of an account and a day, a page at a time; never what was seen."""
    form = LogFilterForm(request.GET)
    looks = PersonalDataLook.objects.select_related("report")
    if form.is_valid():
        looks = _matching(looks, form)
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "form": form,
        "page": Paginator(looks, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "query": query.urlencode(),
    }
    return render(request, "geo_reports/desk/looks.html", context, status=400 if form.errors else 200)


def _matching(looks: QuerySet[PersonalDataLook], form: LogFilterForm) -> QuerySet[PersonalDataLook]:
    if account := form.cleaned_data["akun"]:
        looks = looks.filter(username=account)
    if day := form.cleaned_data["hari"]:
        start = day_start(day)
        looks = looks.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return looks
