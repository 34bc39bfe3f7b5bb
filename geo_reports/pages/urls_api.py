"""The public API of the report domain. Everybody may read it."""

from django.urls import path

from geo_reports.pages import api

app_name = "api"
urlpatterns = [path("route", api.route, name="route")]
