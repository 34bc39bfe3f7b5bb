"""App configuration of the report domain: system checks, and the listeners in `notify`."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from geo_reports import checks  # noqa: F401  (importing registers the checks)


class GeoReportsConfig(AppConfig):
    name = "geo_reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Laporan warga")

    def ready(self) -> None:
        """Let the listeners listen; they need the models, which exist only now."""
        import_module("geo_reports.notify")
        import_module("geo_reports.accounts.addresses")
        import_module("geo_reports.accounts.second_factor")
