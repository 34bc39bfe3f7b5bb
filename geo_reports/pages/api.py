"""The small public API of the report domain: who would answer for a problem at a place."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo_reports import routing
from geo_reports.forms import PlaceForm
from geo_reports.intake.submit import outside_sentence
from geo_reports.models import Category, Kecamatan, Kelurahan


@require_safe
def route(request: HttpRequest) -> JsonResponse:
    """`?lon=&lat=&kategori=` -> where that is and which agency would get it, with the reason.

    200 also for a point outside the city (`inside` is false, `message` says so); 400 with `message`
    for coordinates that are none.
    """
    form = PlaceForm(request.GET)
    if not form.is_valid() or form.point is None:
        errors = form.non_field_errors() or [_("Koordinat tidak lengkap: perlu bujur dan lintang.")]
        return JsonResponse({"inside": False, "message": " ".join(map(str, errors))}, status=400)
    placement = routing.place(form.point)
    if placement.kelurahan is None:
        return JsonResponse({"inside": False, "message": outside_sentence()})
    slug = request.GET.get("kategori", "").replace("\0", "")
    category = Category.objects.filter(pk=slug, is_active=True).first()
    decision = routing.decide(category, placement, timezone.localdate()) if category else None
    agency = decision.agency if decision else None
    return JsonResponse(
        {
            "inside": True,
            "message": placement.kelurahan.label,
            "kelurahan": _area(placement.kelurahan),
            "kecamatan": _area(placement.kelurahan.kecamatan),
            "agency": {"slug": agency.slug, "short_name": agency.short_name, "name": agency.name} if agency else None,
            "reason": decision.reason if decision else "",
        }
    )


def _area(area: Kecamatan | Kelurahan) -> dict[str, str]:
    return {"code": area.code, "name": area.name, "label": area.label}
