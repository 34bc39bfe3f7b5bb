"""The desk. Every page names the roles that may use it."""

from django.contrib.auth import views as auth_views
from django.urls import path

from geo_reports.pages import desk
from geo_reports.pages.access import only
from geo_reports.workflow import Role

staff = only(Role.VERIFIER, Role.OFFICER)
verifier = only(Role.VERIFIER)
officer = only(Role.OFFICER)

app_name = "desk"
urlpatterns = [
    path("masuk/", auth_views.LoginView.as_view(template_name="geo_reports/desk/login.html"), name="login"),
    path("keluar/", auth_views.LogoutView.as_view(), name="logout"),
    path("", staff(desk.queue), name="queue"),
    path("<str:code>/", staff(desk.detail), name="detail"),
    path("<str:code>/tayangkan/", verifier(desk.publish), name="publish"),
    path("<str:code>/tidak-ditayangkan/", verifier(desk.withhold), name="withhold"),
    path("<str:code>/serahkan/", verifier(desk.hand_over), name="hand-over"),
    path("<str:code>/jawab/", officer(desk.answer), name="answer"),
    path("<str:code>/status/", staff(desk.change_status), name="status"),
]
