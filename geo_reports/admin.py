"""The administration pages: reference data is edited here; reports, histories and boundaries are only shown.

Status, assignment, visibility and boundaries each have their one writer elsewhere, so nothing here
may change them, whatever permission a user has.
ModelAdmin[...] works at run time because django-tasks applies django-stubs-ext's patch.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.gis.db.models import GeometryField
from django.db.models import Field, Model
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from leaflet.admin import LeafletGeoAdmin

from geo_reports import routing
from geo_reports.models import (
    Agency,
    Assignment,
    BoundaryVersion,
    Category,
    City,
    Holiday,
    Kecamatan,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    Membership,
    Photo,
    Reply,
    Report,
    ResponseTarget,
    RoutingRule,
    StatusChange,
)

admin.site.site_header = admin.site.site_title = _("Administrasi layanan")
admin.site.index_title = _("Data rujukan dan laporan")

NO_BUTTONS = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}


class NeitherAddedNorDeleted:
    """Rows come from elsewhere (a file, a citizen) and stay."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class KeyStays(admin.ModelAdmin[Any]):
    """The primary key of a row that exists cannot be edited: Django would copy the row instead."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """The key, once there is one."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is None else (*fields, obj._meta.pk.name)


class OnlyShown(NeitherAddedNorDeleted, LeafletGeoAdmin):  # type: ignore[misc]  # django-leaflet has no types
    """A page to look at, with a map for the geometry. It is a form only because the map is a form's widget."""

    modifiable = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Looking is allowed; nothing that is sent back is accepted."""
        return request.method in {"GET", "HEAD"} and bool(super().has_change_permission(request, obj))

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: Any = None, **kwargs: Any) -> FormField | None:
        """A geometry is drawn and cannot be changed."""
        field: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.disabled = True
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:
        """Everything but geometries, which need their map."""
        return [field.name for field in self.model._meta.fields if not isinstance(field, GeometryField)]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page without buttons for saving."""
        page: HttpResponse = super().change_view(request, object_id, form_url, (extra_context or {}) | NO_BUTTONS)
        return page


class ShownBeside(NeitherAddedNorDeleted, admin.TabularInline[Any, Any]):
    """Append-only rows below the report they belong to."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: history is never edited."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All that is listed."""
        return tuple(str(name) for name in self.fields or ())


@admin.register(City)
class CityAdmin(NeitherAddedNorDeleted, KeyStays):
    list_display = ("name", "code", "brand", "official_area_km2")


class AreaAdmin(NeitherAddedNorDeleted, KeyStays):
    search_fields = ("code", "bps_code", "name", "aliases")


@admin.register(Kecamatan)
class KecamatanAdmin(AreaAdmin):
    list_display = ("code", "name", "bps_code", "population", "valid_to")
    readonly_fields = ("bps_code",)


@admin.register(Kelurahan)
class KelurahanAdmin(AreaAdmin):
    list_display = ("code", "name", "kecamatan", "bps_code", "population", "valid_to")
    list_filter = ("kecamatan",)
    list_select_related = ("kecamatan",)
    readonly_fields = ("bps_code", "kecamatan")


@admin.register(BoundaryVersion)
class BoundaryVersionAdmin(OnlyShown):
    list_display = ("source", "licence", "is_indicative", "valid_from", "valid_to")


@admin.register(KecamatanBoundary, KelurahanBoundary)
class BoundaryAdmin(OnlyShown):
    list_display = ("area", "version")
    list_filter = ("version",)
    list_select_related = ("area", "version")
    ordering = ("-version__valid_from", "area")
    search_fields = ("area__name", "area__code")
    fields = ("version", "area", "geometry")


@admin.register(Agency)
class AgencyAdmin(KeyStays):
    list_display = ("short_name", "name", "kind", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("slug", "short_name", "name", "predecessors")


@admin.register(Category)
class CategoryAdmin(KeyStays):
    list_display = ("name", "slug", "order", "is_sensitive", "is_active")
    search_fields = ("slug", "name", "name_en", "keywords")

    def save_model(self, request: HttpRequest, obj: Category, form: ModelForm[Category], change: bool) -> None:
        """Hide or show the points of its reports at once when the category's sensitivity changes."""
        super().save_model(request, obj, form, change)
        if change and "is_sensitive" in form.changed_data:
            routing.replace_all()


@admin.register(RoutingRule)
class RoutingRuleAdmin(admin.ModelAdmin[RoutingRule]):
    list_display = ("category", "kecamatan", "kelurahan", "agency", "priority", "valid_from", "valid_to")
    list_filter = ("category", "agency", "kecamatan")
    list_select_related = ("category", "kecamatan", "kelurahan", "agency")
    autocomplete_fields = ("category", "kecamatan", "kelurahan", "agency")
    search_fields = ("reason", "source")


@admin.register(ResponseTarget)
class ResponseTargetAdmin(admin.ModelAdmin[ResponseTarget]):
    list_display = ("step", "category", "working_days", "source", "valid_from", "valid_to")
    list_filter = ("step",)
    list_select_related = ("category",)
    autocomplete_fields = ("category",)


@admin.register(Holiday)
class HolidayAdmin(KeyStays):
    list_display = ("date", "name", "kind", "source")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "date"


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("user", "agency")
    list_filter = ("agency",)
    list_select_related = ("user", "agency")
    autocomplete_fields = ("user", "agency")


class AssignmentInline(ShownBeside):
    model = Assignment
    fields = ("agency", "started_at", "ended_at", "reason", "responded_at", "completed_at", "actor")


class StatusChangeInline(ShownBeside):
    model = StatusChange
    fields = ("at", "from_status", "to_status", "role", "actor", "note")


class ReplyInline(ShownBeside):
    model = Reply
    fields = ("at", "agency", "author", "text")


class PhotoInline(ShownBeside):
    model = Photo
    fields = ("uid", "kind", "width", "height", "created_at")


@admin.register(Report)
class ReportAdmin(OnlyShown):
    list_display = ("code", "category", "kelurahan", "agency", "status", "visibility", "submitted_at")
    list_filter = ("status", "visibility", "category", "kecamatan", "is_demo")
    list_select_related = ("category", "kelurahan", "agency")
    search_fields = ("code__exact",)
    search_help_text = _("Nomor laporan")
    show_full_result_count = False
    inlines = (AssignmentInline, StatusChangeInline, ReplyInline, PhotoInline)
    fieldsets = (
        (None, {"fields": ("code", "category", "text", "status", "visibility", "withheld_reason", "agency")}),
        (_("Tempat"), {"fields": ("point", "placement", "accuracy_m", "address", "kelurahan", "kecamatan")}),
        (_("Waktu"), {"fields": ("submitted_at", "forwarded_at", "closed_at")}),
        (_("Pelapor"), {"fields": ("is_anonymous", "reporter_name", "reporter_contact", "channel", "is_demo")}),
    )
