"""The citizen's writing page: a report comes in through `intake.submit` and nowhere else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo_reports.forms import ReportForm
from geo_reports.intake.submit import Refused, Submission, arrived, problems, submit
from geo_reports.models import Category, Report
from geo_reports.pages.choices import city_extent, kelurahan_by_kecamatan
from geo_reports.pages.client import is_over_limit
from geo_reports.pages.script_texts import TEXTS
from geo_reports.pages.shown import own_address
from geo_reports.photos.cleaning import MAX_BYTES, MAX_PHOTOS

Errors = dict[str, list[str]]
# Which heading of the page an error of a hidden field belongs to.
SHOWN_AT = {"lon": "lokasi", "lat": "lokasi", "__all__": "lokasi", "kelurahan": "lokasi", "jawaban": "lokasi"}
FIRST_TILES = 8
TRIES = 10  # per report: how often the photos of a form with mistakes are looked at


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; sending it leads to the report's page with the reporter's secret.

    A script that asks for JSON gets `{"url"}` (201) or `{"errors": {field: [sentence]}}` (422, 429), with
    a fresh `submission_id` when the old one cannot be used any more.
    """
    if request.method != "POST":
        return _page(request, ReportForm(initial={"submission_id": uuid.uuid4()}), {})
    form = ReportForm(request.POST, request.FILES)
    if request.FILES and is_over_limit(request, "photos", settings.REPORTS_PER_HOUR * TRIES):
        return _too_often(request, form)
    errors = _form_errors(form)
    if errors:
        for field, sentence in problems(_submission(form)).items():
            errors.setdefault(field, [sentence])
        return _refuse(request, form, errors, 422)
    submission = _submission(form)
    try:
        report = arrived(submission)
        if report is None and is_over_limit(request, "report", settings.REPORTS_PER_HOUR):
            return _too_often(request, form)
        return _accept(request, report or submit(submission))
    except Refused as refused:
        return _refuse(request, form, {field: [sentence] for field, sentence in refused.errors.items()}, 422)


def _too_often(request: HttpRequest, form: ReportForm) -> HttpResponse:
    sentence = _("Terlalu banyak laporan dari jaringan ini dalam satu jam. Simpan halaman ini dan kirim lagi nanti.")
    return _refuse(request, form, {"": [sentence]}, 429)


def _form_errors(form: ReportForm) -> Errors:
    """Sentences by the part of the page where they are shown; "" is the whole form."""
    errors: Errors = {}
    form.is_valid()
    for name, sentences in form.errors.items():
        if name == "submission_id":
            errors[""] = [_("Formulir ini tidak lengkap. Muat ulang halaman, lalu kirim lagi.")]
        elif name not in ("lon", "lat") or "__all__" not in form.errors:
            errors.setdefault(SHOWN_AT.get(name, name), []).extend(map(str, sentences))
    if form.data.get("website"):
        errors["website"] = [_("Kosongkan kolom “Situs web”, lalu kirim lagi. Kolom itu jebakan untuk robot.")]
    return errors


def _submission(form: ReportForm) -> Submission:
    """What was understood; of a form with errors, the fields without (for `problems` only)."""
    data = form.cleaned_data
    return Submission(
        submission_id=data.get("submission_id") or uuid.uuid4(),
        category=data.get("kategori") or Category(),
        text=data.get("uraian", ""),
        point=form.point,
        accuracy_m=data.get("akurasi"),
        kelurahan_code=data.get("kelurahan", ""),
        address=data.get("alamat", ""),
        place_answer=data.get("jawaban", ""),
        reporter_name=data.get("nama", ""),
        reporter_contact=data.get("kontak", ""),
        is_anonymous=not data.get("tampilkan_nama"),
        wants_confidential=bool(data.get("rahasia")),
        photos=data.get("foto", []),
    )


def _wants_json(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _accept(request: HttpRequest, report: Report) -> HttpResponse:
    url = f"{own_address(report)}&baru=1"
    return JsonResponse({"url": url}, status=201) if _wants_json(request) else redirect(url)


def _refuse(request: HttpRequest, form: ReportForm, errors: Errors, status: int) -> HttpResponse:
    if _wants_json(request):
        fresh = {"submission_id": str(uuid.uuid4())} if errors.get("") else {}
        return JsonResponse({"errors": errors} | fresh, status=status)
    return _page(request, form, errors, status)


def _page(request: HttpRequest, form: ReportForm, errors: Errors, status: int = 200) -> HttpResponse:
    categories = list(Category.objects.filter(is_active=True))
    chosen = form["kategori"].value() or ""
    is_hidden = chosen in {category.slug for category in categories[FIRST_TILES:]}
    context = {
        "form": form,
        "errors": errors,
        "had_photos": bool(request.FILES),
        "submission_id": form.data.get("submission_id") if not errors.get("") else uuid.uuid4(),
        "first_categories": categories[:FIRST_TILES],
        "more_categories": categories[FIRST_TILES:],
        "is_chosen_hidden": is_hidden,
        "kelurahan_groups": kelurahan_by_kecamatan(),
        "settings": _page_settings(categories),
        "texts": {name: str(text) for name, text in TEXTS.items()},
    }
    if not form.is_bound:
        context["submission_id"] = form.initial["submission_id"]
    return render(request, "geo_reports/new.html", context, status=status)


def _page_settings(categories: list[Category]) -> dict[str, object]:
    """What the page's script needs to know, as plain data."""
    return {
        "extent": city_extent(),
        "maxPhotos": MAX_PHOTOS,
        "maxBytes": MAX_BYTES,
        "keywords": {category.slug: category.keywords for category in categories},
    }
