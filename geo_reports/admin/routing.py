"""The draft of who answers where: rules, roads, estates, assets, and the order of evidence.

Nothing here is in force before it is published at `desk:rules`.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.gis.db.models import Extent
from django.db.models import Field
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from leaflet.admin import LeafletGeoAdmin

from geo_reports.admin.base import NeitherAddedNorDeleted, OnlyShown
from geo_reports.models import Category, KelurahanBoundary, RoutingEvidence, RoutingFeature, RoutingRule, RoutingVersion


class DraftAdmin(admin.ModelAdmin[Any]):
    """Says after each change that it is a draft, and where it can be tried and published."""

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: Any, **kwargs: Any) -> FormField | None:
        """Categories are ticked, not typed."""
        if db_field.name == "categories":
            return forms.MultipleChoiceField(
                label=db_field.verbose_name,
                choices=[(category.slug, category.name) for category in Category.objects.all()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("Tanpa pilihan berarti semua kategori yang berlaku untuk jenis bukti ini."),
            )
        field: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        """Remind of the next step."""
        super().save_model(request, obj, form, change)
        _remind(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remind of the next step."""
        super().delete_model(request, obj)
        _remind(request)


def _remind(request: HttpRequest) -> None:
    text = _('Tersimpan sebagai draf. <a href="{}">Lihat pratinjau dan terbitkan</a> agar berlaku.')
    messages.info(request, format_html(str(text), reverse("desk:rules")))


@admin.register(RoutingEvidence)
class RoutingEvidenceAdmin(NeitherAddedNorDeleted, DraftAdmin):
    list_display = ("rank", "kind", "note")
    list_display_links = ("kind",)
    fields = ("kind", "rank", "categories", "note")
    readonly_fields = ("kind",)


@admin.register(RoutingRule)
class RoutingRuleAdmin(DraftAdmin):
    list_display = ("category", "kecamatan", "kelurahan", "agency", "priority", "valid_from", "valid_to")
    list_filter = ("category", "agency", "kecamatan")
    list_select_related = ("category", "kecamatan", "kelurahan", "agency")
    autocomplete_fields = ("category", "kecamatan", "kelurahan", "agency")
    search_fields = ("reason", "source")


@admin.register(RoutingFeature)
class RoutingFeatureAdmin(DraftAdmin, LeafletGeoAdmin):  # type: ignore[misc]  # django-leaflet has no types
    list_display = ("name", "kind", "road_class", "agency", "is_drawn", "confidence", "valid_from", "valid_to")
    list_filter = ("kind", "road_class", "confidence", "agency")
    list_select_related = ("agency",)
    autocomplete_fields = ("agency",)
    search_fields = ("name", "aliases", "source")
    fieldsets = (
        (None, {"fields": ("kind", "name", "aliases", "road_class", "agency", "reason")}),
        (_("Di peta"), {"fields": ("geometry", "reach_m")}),
        (_("Berlaku untuk"), {"fields": ("categories", "valid_from", "valid_to")}),
        (_("Asal data"), {"fields": ("source", "as_of", "confidence")}),
    )

    @property
    def settings_overrides(self) -> dict[str, Any]:
        """The map opens on the city."""
        extent = KelurahanBoundary.objects.filter(version__valid_to=None).aggregate(box=Extent("geometry"))["box"]
        return {"SPATIAL_EXTENT": extent} if extent else {}

    @admin.display(boolean=True, description=_("di peta"))
    def is_drawn(self, feature: RoutingFeature) -> bool:
        """Whether it has a geometry; otherwise only its name speaks."""
        return feature.geometry is not None


@admin.register(RoutingVersion)
class RoutingVersionAdmin(OnlyShown):
    list_display = ("pk", "published_at", "author", "note", "restored_from")
    fields = ("published_at", "author", "note", "restored_from")

    def get_queryset(self, request: HttpRequest) -> Any:
        """What was in force, without rehearsals."""
        return super().get_queryset(request).filter(is_rehearsal=False).defer("content")
