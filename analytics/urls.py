"""Addresses of the analytics section, below /analitik/; all public."""

from django.urls import path

from analytics import views
from analytics.monthly import views as monthly

app_name = "analytics"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("skpd.csv", views.agencies_csv, name="csv"),
    path("wilayah.json", views.areas, name="areas"),
    path("laporan.pdf", monthly.report, name="monthly"),
]
