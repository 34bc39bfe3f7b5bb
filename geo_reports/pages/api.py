"""The small public API of the report domain: who would answer for a problem at a place, and why."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo_reports import routing
from geo_reports.forms import RouteForm
from geo_reports.intake.submit import outside_sentence
from geo_reports.models import Agency, Category, Kecamatan, Kelurahan


@require_safe
def route(request: HttpRequest) -> JsonResponse:
    """`?lon=&lat=&kategori=&jalan=&akurasi=&jawaban=` -> where that is, who would get it, and the trace.

    `agency` is null when a person has to decide; then `question` holds the answers that would settle
    it, if any would. 200 also for a point outside the city (`inside` is false, `message` says so);
    400 with `message` for coordinates that are none.
    """
    form = RouteForm(request.GET)
    if not form.is_valid() or form.point is None:
        errors = form.non_field_errors() or [_("Koordinat tidak lengkap: perlu bujur dan lintang.")]
        return JsonResponse({"inside": False, "message": " ".join(map(str, errors))}, status=400)
    placement = routing.place(form.point)
    if placement.kelurahan is None:
        outside = {"inside": False, "message": outside_sentence(placement), "neighbour": placement.neighbour}
        return JsonResponse(outside)
    slug = request.GET.get("kategori", "").replace("\0", "")
    category = Category.objects.filter(pk=slug, is_active=True).first()
    return JsonResponse(
        {
            "inside": True,
            "message": placement.kelurahan.label,
            "kelurahan": _area(placement.kelurahan),
            "kecamatan": _area(placement.kelurahan.kecamatan),
            **_answer(category, placement, form.cleaned_data),
        }
    )


def _answer(category: Category | None, placement: routing.Placement, data: dict[str, Any]) -> dict[str, Any]:
    if category is None:
        return {"agency": None, "reason": "", "verdict": "", "question": [], "trace": []}
    decision = routing.decide(
        category,
        placement,
        timezone.localdate(),
        accuracy_m=data["akurasi"],
        street=data["jalan"],
        answer=data["jawaban"],
    )
    return {
        "agency": _agency(decision.agency) if decision.agency else None,
        "reason": decision.reason,
        "verdict": decision.verdict,
        "question": [{"value": option.value, "label": option.label} for option in decision.question],
        "trace": decision.trace,
    }


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "slug": agency.slug,
        "short_name": agency.short_name,
        "name": agency.name,
        "kind": agency.kind,
        "is_city": agency.is_city,
    }


def _area(area: Kecamatan | Kelurahan) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "label": area.label}
