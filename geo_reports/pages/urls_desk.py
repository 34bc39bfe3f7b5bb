"""The desk. Every page names the roles that may use it."""

from django.contrib.auth import views as auth_views
from django.urls import path

from geo_reports.pages import desk, rules, work_orders
from geo_reports.pages.access import only, permitted
from geo_reports.pages.signing_in import SignIn
from geo_reports.workflow import Role

staff = only(Role.VERIFIER, Role.OFFICER)
verifier = only(Role.VERIFIER)
officer = only(Role.OFFICER)
rule_maker = permitted("geo_reports.add_routingversion")

app_name = "desk"
urlpatterns = [
    path("masuk/", SignIn.as_view(), name="login"),
    path("keluar/", auth_views.LogoutView.as_view(), name="logout"),
    path("", staff(desk.queue), name="queue"),
    path("surat-tugas.pdf", staff(work_orders.work_order), name="work-order"),
    path("aturan/", rule_maker(rules.overview), name="rules"),
    path("aturan/pratinjau/", rule_maker(rules.start_preview), name="rules-preview-start"),
    path("aturan/pratinjau/<int:run_id>/", rule_maker(rules.preview), name="rules-preview"),
    path("aturan/terbitkan/", rule_maker(rules.publish), name="rules-publish"),
    path("aturan/pulihkan/<int:version_id>/", rule_maker(rules.roll_back), name="rules-roll-back"),
    path("aturan/tugaskan-ulang/", rule_maker(rules.start_reroute), name="rules-reroute"),
    path("aturan/lanjutkan/<int:run_id>/", rule_maker(rules.resume), name="rules-resume"),
    path("<str:code>/", staff(desk.detail), name="detail"),
    path("<str:code>/tayangkan/", verifier(desk.publish), name="publish"),
    path("<str:code>/tidak-ditayangkan/", verifier(desk.withhold), name="withhold"),
    path("<str:code>/serahkan/", verifier(desk.hand_over), name="hand-over"),
    path("<str:code>/perbaiki/", verifier(desk.correct), name="correct"),
    path("<str:code>/jawab/", officer(desk.answer), name="answer"),
    path("<str:code>/status/", staff(desk.change_status), name="status"),
]
