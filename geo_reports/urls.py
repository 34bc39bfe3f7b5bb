"""All addresses; who may open which page is visible here or in the included module."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from analytics.areas import waits
from geo_reports.pages.health import healthz, metrics
from geo_reports.pages.signing_in import to_sign_in
from maps.areas import views as area_views
from maps.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("maps.urls")),
    # Maps and analytics do not know each other: the waiting times of an area are handed in here.
    path("kecamatan/<str:code>/", area_views.kecamatan, {"measured": waits}, name="kecamatan"),
    path("kelurahan/<str:code>/", area_views.kelurahan, {"measured": waits}, name="kelurahan"),
    path("analitik/", include("analytics.urls")),
    path("api/", include("geo_reports.pages.urls_api")),
    path("", include("geo_reports.pages.urls_public")),
    path("petugas/", include("geo_reports.pages.urls_account")),
    path("petugas/", include("geo_reports.pages.urls_desk")),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("admin/login/", to_sign_in),
    path("admin/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
]
handler400 = "geo_reports.pages.envelope.bad_request"
