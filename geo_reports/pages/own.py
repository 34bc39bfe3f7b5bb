"""What a reporter can do with the own report until it is shown: read why not, change it, object. By secret link."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo_reports import moderation
from geo_reports.forms.own import AmendForm, AppealForm
from geo_reports.intake.amend import Amendment, amend, may_amend, removable
from geo_reports.intake.submit import Refused
from geo_reports.models import Appeal, ModerationDecision, Report
from geo_reports.pages.choices import city_extent, kelurahan_by_kecamatan
from geo_reports.pages.client import is_over_limit, too_often
from geo_reports.pages.script_texts import TEXTS
from geo_reports.pages.shown import own_address, own_report
from geo_reports.photos.cleaning import MAX_PHOTOS
from geo_reports.reasons import REASONS, Reason
from geo_reports.transitions import NotAllowed

SHOWN_AT = {"lon": "lokasi", "lat": "lokasi", "__all__": "lokasi", "kelurahan": "lokasi"}
Errors = dict[str, list[str]]


@dataclass(frozen=True)
class Own:
    """What the reporter may know and do about showing; `reason` only of a withheld report."""

    reason: Reason | None
    decision: ModerationDecision | None
    appeal: Appeal | None
    may_amend: bool
    may_appeal: bool

    @property
    def appeal_until(self) -> datetime | None:
        """The last moment for an objection."""
        return self.decision.at + timedelta(days=moderation.APPEAL_DAYS) if self.decision else None


def own(report: Report) -> Own:
    """About one report; at most 4 queries."""
    is_withheld = report.visibility == Report.Visibility.WITHHELD
    found = report.decisions.filter(kind=ModerationDecision.Kind.WITHHOLD).select_related("appeal")
    last = found.last()
    heard = last.appeal if last and hasattr(last, "appeal") else None
    return Own(
        reason=REASONS.get(report.withheld_reason) if is_withheld else None,
        decision=last if is_withheld and last and last.undone_at is None else None,
        appeal=heard,
        may_amend=may_amend(report),
        may_appeal=moderation.appealable(report) is not None,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change the report and send it again. Too late: back to the report with a sentence."""
    report = own_report(request, code)
    if not may_amend(report):
        messages.warning(request, _("Laporan ini sudah diproses, maka tidak dapat diubah lagi."))
        return redirect(own_address(report))
    photos = list(removable(report))
    if request.method != "POST":
        words = moderation.words_of(report)
        initial = {"uraian": words.text.source, "alamat": words.address.source}
        return _edit_page(request, report, AmendForm(photos, initial=initial), {})
    form = AmendForm(photos, request.POST, request.FILES)
    if is_over_limit(request, "amend", settings.REPORTS_PER_HOUR):
        return _edit_page(request, report, form, {"": [too_often()]}, 429)
    errors = _form_errors(form)
    if errors:
        return _edit_page(request, report, form, errors, 422)
    try:
        amend(report.pk, _amendment(form))
    except Refused as refused:
        return _edit_page(request, report, form, {field: [each] for field, each in refused.errors.items()}, 422)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Perubahan Anda sudah kami terima. Petugas akan memeriksanya lagi."))
    return redirect(own_address(report))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, code: str) -> HttpResponse:
    """Object to the decision that withholds the report, once."""
    report = own_report(request, code)
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            moderation.appeal(report.pk, form.cleaned_data["keberatan"])
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Keberatan Anda sudah kami terima. Verifikator lain akan menilainya."))
        return redirect(own_address(report))
    if request.method == "POST":
        status = 422
    elif moderation.appealable(report) is None:
        return redirect(own_address(report))
    context = {"report": report, "form": form, "own": own(report), "back": own_address(report)}
    return render(request, "geo_reports/appeal.html", context, status=status)


def _form_errors(form: AmendForm) -> Errors:
    errors: Errors = {}
    form.is_valid()
    for name, sentences in form.errors.items():
        errors.setdefault(SHOWN_AT.get(name, name), []).extend(map(str, sentences))
    return errors


def _amendment(form: AmendForm) -> Amendment:
    data = form.cleaned_data
    return Amendment(
        text=data["uraian"],
        address=data["alamat"],
        point=form.point,
        kelurahan_code=data["kelurahan"],
        removed=[uuid.UUID(uid) for uid in data["hapus"]],
        photos=data["foto"],
    )


def _edit_page(
    request: HttpRequest, report: Report, form: AmendForm, errors: Errors, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "report": report,
        "form": form,
        "errors": errors,
        "own": own(report),
        "photos": list(removable(report)),
        "max_photos": MAX_PHOTOS,
        "had_photos": bool(request.FILES),
        "back": own_address(report),
        "kelurahan_groups": kelurahan_by_kecamatan(),
        "boundaries": reverse("maps:boundaries", args=["kelurahan"]),
        "texts": {name: str(text) for name, text in TEXTS.items()},
        "settings": {"extent": city_extent(), "at": report.point.coords if report.point else None},
    }
    return render(request, "geo_reports/amend.html", context, status=status)
