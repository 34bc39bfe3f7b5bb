"""The small public API of the report domain: who would answer for a problem at a place, and why."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo_reports.forms import RouteForm
from geo_reports.intake.asking import ask
from geo_reports.models import Category


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
    slug = request.GET.get("kategori", "").replace("\0", "")
    answer = ask(
        Category.objects.filter(pk=slug, is_active=True).first(),
        form.point,
        timezone.localdate(),
        accuracy_m=form.cleaned_data["akurasi"],
        street=form.cleaned_data["jalan"],
        answer=form.cleaned_data["jawaban"],
    )
    return JsonResponse(answer.as_json())
