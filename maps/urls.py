"""Addresses of the map's data. The page itself is mounted by geo_reports/urls.py as `home`."""

from django.urls import path, re_path

from maps import views

app_name = "maps"
urlpatterns = [
    re_path(r"^peta/batas/(?P<level>kecamatan|kelurahan)\.geojson$", views.boundaries, name="boundaries"),
    path("peta/cari.json", views.search, name="search"),
    path("peta/ukuran.json", views.measures, name="measures"),
    path("peta/sel.json", views.cell, name="cell"),
    path("peta/riwayat.json", views.months, name="history"),
    path("tiles/reports.json", views.tilejson, name="tilejson"),
    path("tiles/reports/<int:z>/<int:x>/<int:y>.mvt", views.tile, name="tile"),
    path("export/reports.geojson", views.export, name="export"),
]
