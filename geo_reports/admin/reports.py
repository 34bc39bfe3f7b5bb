"""Reports and their history: shown, never changed here, and without who sent them.

Personal data of reporters is seen at the desk only, where each look is written down.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo_reports.admin.base import OnlyShown, ShownBeside
from geo_reports.models import Assignment, Photo, Reply, Report, StatusChange


class AssignmentInline(ShownBeside):
    model = Assignment
    fields = ("agency", "started_at", "ended_at", "reason", "responded_at", "completed_at", "due_on", "actor")


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
    # Django lets any column be filtered by in the address: `?reporter_contact__startswith=08` would tell.
    asked_by = frozenset({"status", "visibility", "category", "kecamatan", "is_demo", "id"})
    inlines = (AssignmentInline, StatusChangeInline, ReplyInline, PhotoInline)
    fieldsets = (
        (None, {"fields": ("code", "category", "text", "status", "visibility", "withheld_reason", "agency")}),
        (_("Tempat"), {"fields": ("point", "placement", "accuracy_m", "address", "kelurahan", "kecamatan")}),
        (_("Waktu"), {"fields": ("submitted_at", "forwarded_at", "closed_at")}),
        (_("Pelapor"), {"fields": ("is_anonymous", "wants_confidential", "channel", "is_demo")}),
    )

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The filters of the list, and nothing else."""
        return lookup.split("__", maxsplit=1)[0] in self.asked_by and super().lookup_allowed(lookup, value, request)
