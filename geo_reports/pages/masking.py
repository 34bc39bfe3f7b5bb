"""Covering parts of a photo by drawing on it, and taking the cover away again."""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from geo_reports import moderation
from geo_reports.forms.masking import MaskForm
from geo_reports.models import Photo, Report
from geo_reports.photos.masking import MAX_MASKS
from geo_reports.workers import Worker

# What the drawing tool says; parts in braces are filled in by the script.
TEXTS: Final[dict[str, Promise]] = {
    "region": gettext_lazy("Bagian {n}"),
    "place": gettext_lazy("kiri {x}%, atas {y}%, lebar {width}%, tinggi {height}%"),
    "blur": gettext_lazy("Buramkan"),
    "black": gettext_lazy("Tutup hitam"),
    "remove": gettext_lazy("Hapus"),
    "removeRegion": gettext_lazy("Hapus bagian {n}"),
    "removed": gettext_lazy("Bagian {n} dihapus."),
    "full": gettext_lazy("Paling banyak {max} bagian pada satu foto."),
    "role": gettext_lazy("bagian yang disamarkan"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, worker: Worker, code: str, uid: UUID) -> HttpResponse:
    """The drawing page; what is sent covers the regions and leads back to the report."""
    report = _report(worker, code)
    photo = report.photos.filter(uid=uid).first()
    if photo is None:
        return _changed_meanwhile(request, report)
    form = MaskForm(request.POST) if request.method == "POST" else MaskForm(initial={"masks": json.dumps(photo.masks)})
    if not form.is_bound or not form.is_valid():
        return _page(request, photo, form)
    try:
        moderation.mask_photo(photo.pk, form.regions, actor=worker.user)
    except FileNotFoundError:
        form.add_error(None, _("Berkas foto ini tidak ditemukan di penyimpanan."))
        return _page(request, photo, form)
    count = len(form.regions)
    told = ngettext("%(n)d bagian foto disamarkan.", "%(n)d bagian foto disamarkan.", count) % {"n": count}
    messages.success(request, told)
    return redirect("desk:detail", code)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, worker: Worker, code: str, uid: UUID) -> HttpResponse:
    """Show the original again. Opened by hand it leads to the drawing page."""
    report = _report(worker, code)
    photo = report.photos.filter(uid=uid).first()
    if photo is None:
        return _changed_meanwhile(request, report)
    if request.method != "POST":
        return redirect("desk:mask-photo", code, uid)
    photo = moderation.unmask_photo(photo.pk, actor=worker.user)
    messages.success(request, _("Foto asli dikembalikan."))
    return redirect("desk:mask-photo", code, photo.uid)


def _page(request: HttpRequest, photo: Photo, form: MaskForm) -> HttpResponse:
    others = list(photo.report.photos.all())
    context = {
        "report": photo.report,
        "photo": photo,
        "photos": others,
        "number": others.index(photo) + 1,
        "form": form,
        "texts": TEXTS,
        "settings": {"maxMasks": MAX_MASKS},
    }
    return render(request, "geo_reports/desk/mask_photo.html", context, status=422 if form.errors else 200)


def _changed_meanwhile(request: HttpRequest, report: Report) -> HttpResponse:
    """An address from before somebody masked the photo: what was sent to it is not applied to another state."""
    if request.method != "POST":
        raise Http404
    messages.warning(request, _("Foto ini baru saja diubah orang lain. Lihat keadaan terbarunya, lalu coba lagi."))
    return redirect("desk:detail", report.code)


def _report(worker: Worker, code: str) -> Report:
    report = get_object_or_404(worker.reports(), code=code.replace("\0", ""))
    if not worker.may_moderate(report):
        raise PermissionDenied
    return report
