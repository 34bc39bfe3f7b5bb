"""The page of ready answers: a petugas sees and changes those of the own SKPD, a verifikator all."""

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geo_reports.casework.replies import VARIABLES
from geo_reports.forms.templates import TemplateForm
from geo_reports.models import ReplyTemplate
from geo_reports.workers import Worker


@require_safe
def overview(request: HttpRequest, worker: Worker) -> HttpResponse:
    """All that this person may change; those for every SKPD are shown to all."""
    templates = (
        _of(worker)
        .select_related("agency", "category")
        .order_by(F("agency__short_name").asc(nulls_first=True), "title")
    )
    shared = ReplyTemplate.objects.filter(agency=None).select_related("category") if worker.is_officer else []
    context = {"templates": templates, "shared": shared, "worker": worker}
    return render(request, "geo_reports/desk/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, worker: Worker, template_id: int | None = None) -> HttpResponse:
    """A new one, or one that exists."""
    template = get_object_or_404(_of(worker), pk=template_id) if template_id else None
    form = TemplateForm(worker, request.POST if request.method == "POST" else None, instance=template)
    if form.is_valid():
        saved = form.save()
        messages.success(request, _("Templat “%(title)s” disimpan.") % {"title": saved.title})
        return redirect("desk:templates")
    context = {"form": form, "template": template, "variables": [f"{{{name}}}" for name in VARIABLES]}
    return render(request, "geo_reports/desk/template.html", context, status=422 if form.errors else 200)


@require_POST
def delete(request: HttpRequest, worker: Worker, template_id: int) -> HttpResponse:
    """Answers that were written with it stay as they are."""
    template = get_object_or_404(_of(worker), pk=template_id)
    template.delete()
    messages.success(request, _("Templat “%(title)s” dihapus.") % {"title": template.title})
    return redirect("desk:templates")


def _of(worker: Worker) -> QuerySet[ReplyTemplate]:
    templates = ReplyTemplate.objects.all()
    if worker.is_officer:
        return templates.filter(agency__in=worker.user.memberships.values("agency"))
    return templates
