"""Addresses of the analytics section, below /analitik/; all public."""

from django.urls import path

from analytics import open_data, views
from analytics.monthly import views as monthly

app_name = "analytics"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("skpd.csv", views.agencies_csv, name="csv"),
    path("wilayah.json", views.areas, name="areas"),
    path("penugasan.csv", open_data.spells, name="spells"),
    path("laporan.pdf", monthly.report, name="monthly"),
]
