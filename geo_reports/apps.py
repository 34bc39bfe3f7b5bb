"""App configuration of the report domain; registers the system checks."""

from django.apps import AppConfig

from geo_reports import checks  # noqa: F401  (importing registers the checks)


class GeoReportsConfig(AppConfig):
    name = "geo_reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Laporan warga"
