"""Addresses of the analytics section, below /analitik/; all public."""

from django.urls import path

from analytics import views

app_name = "analytics"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("skpd.csv", views.agencies_csv, name="csv"),
    path("wilayah.json", views.areas, name="areas"),
]
