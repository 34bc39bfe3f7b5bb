"""Reference data: areas and boundaries (shown), agencies, categories, targets, holidays, memberships."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from geo_reports import routing, timers
from geo_reports.admin.base import KeyStays, NeitherAddedNorDeleted, OnlyShown
from geo_reports.models import (
    Agency,
    BoundaryVersion,
    Category,
    City,
    Holiday,
    Kecamatan,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    Membership,
    ResponseTarget,
    RetentionRule,
)
from geo_reports.routing import versions


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
    list_display = ("short_name", "name", "kind", "successor", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("successor",)
    autocomplete_fields = ("successor",)
    search_fields = ("slug", "short_name", "name", "predecessors")

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm[Agency], change: bool) -> None:
        """Agencies are no draft: who succeeded whom counts at once."""
        super().save_model(request, obj, form, change)
        if {"valid_from", "valid_to", "successor", "kecamatan"} & set(form.changed_data):
            versions.recompile()


@admin.register(Category)
class CategoryAdmin(KeyStays):
    list_display = ("name", "slug", "order", "is_sensitive", "is_active")
    search_fields = ("slug", "name", "name_en", "keywords")

    def save_model(self, request: HttpRequest, obj: Category, form: ModelForm[Category], change: bool) -> None:
        """Hide or show the points of its reports at once when the category's sensitivity changes."""
        super().save_model(request, obj, form, change)
        if change and "is_sensitive" in form.changed_data:
            routing.replace_all()


class MovesDueDates(admin.ModelAdmin[Any]):
    """Whatever is changed here, the due dates of all open reports are computed again in the background."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """After something new."""
        return self._logged(super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """After a change."""
        return self._logged(super().log_change(request, obj, message))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """After one or more were deleted."""
        return self._logged(super().log_deletions(request, queryset))

    def _logged(self, entry: Any) -> Any:
        transaction.on_commit(timers.recompute_deadlines.enqueue)
        return entry


@admin.register(ResponseTarget)
class ResponseTargetAdmin(MovesDueDates):
    list_display = ("step", "category", "kind", "working_days", "source", "valid_from", "valid_to")
    list_filter = ("step", "kind")
    list_select_related = ("category",)
    autocomplete_fields = ("category",)


@admin.register(Holiday)
class HolidayAdmin(MovesDueDates, KeyStays):
    list_display = ("date", "name", "kind", "source")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "date"


@admin.register(RetentionRule)
class RetentionRuleAdmin(admin.ModelAdmin[RetentionRule]):
    """Read by `apply_retention`: a shorter time counts from its next run on."""

    list_display = ("what", "keep_days", "source", "valid_from", "valid_to")
    list_filter = ("what",)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("user", "agency")
    list_filter = ("agency",)
    list_select_related = ("user", "agency")
    autocomplete_fields = ("user", "agency")
