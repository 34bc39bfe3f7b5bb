"""Addresses of the analytics section, below /analitik/; all public."""

from django.urls import path

from analytics import open_data
from analytics.monthly import views as monthly
from analytics.pages import agency, areas, comparison, kecamatan, overview, places

app_name = "analytics"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("kecamatan/", kecamatan.kecamatan, name="kecamatan"),
    path("kecamatan.csv", kecamatan.kecamatan_csv, name="kecamatan_csv"),
    path("bandingkan/", comparison.comparison, name="comparison"),
    path("bandingkan.csv", comparison.comparison_csv, name="comparison_csv"),
    path("skpd.csv", overview.agencies_csv, name="csv"),
    path("skpd/<slug:slug>/", agency.agency, name="agency"),
    path("skpd/<slug:slug>/<slug:name>.csv", agency.agency_csv, name="agency_csv"),
    path("wilayah.json", areas.areas, name="areas"),
    path("penugasan.csv", open_data.spells, name="spells"),
    path("<slug:name>.csv", overview.table_csv, name="overview_csv"),
    path("laporan.pdf", monthly.report, name="monthly"),
    path("titik-rawan/", places.overview, name="places"),
    path("titik-rawan/sel.geojson", places.cells, name="places_cells"),
    path("titik-rawan/<slug:name>.csv", places.table, name="places_csv"),
]
