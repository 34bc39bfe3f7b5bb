"""The administration pages: reference data and the draft of the rules are edited here.

Status, assignment, visibility and boundaries each have their one writer elsewhere, so nothing here
may change them, whatever permission a user has.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from geo_reports.admin import accounts, reference, reports, routing

__all__ = ["accounts", "reference", "reports", "routing"]

admin.site.site_header = admin.site.site_title = _("Administrasi layanan")
admin.site.index_title = _("Data rujukan dan laporan")
