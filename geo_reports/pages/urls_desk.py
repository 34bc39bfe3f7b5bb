"""The desk. Every page names the roles that may use it."""

from allauth.account import views as account
from django.urls import path

from geo_reports.models import DeskRole
from geo_reports.pages import masking, rules, work_orders
from geo_reports.pages.access import only, permitted
from geo_reports.pages.desk import (
    answering,
    assigning,
    bulk,
    case,
    finishing,
    grouping,
    handling,
    looks,
    moderating,
    placing,
    queue,
    reporter,
    taking_back,
    templates,
)

reader = only(*DeskRole)
staff = only(DeskRole.VERIFIER, DeskRole.OFFICER, DeskRole.ADMINISTRATOR)
verifier = only(DeskRole.VERIFIER, DeskRole.ADMINISTRATOR)
officer = only(DeskRole.OFFICER)
administrator = only(DeskRole.ADMINISTRATOR)
rule_maker = permitted("geo_reports.add_routingversion")

app_name = "desk"
urlpatterns = [
    # These two by their old names; the addresses are served by `urls_account`, which comes first.
    path("masuk/", account.login, name="login"),
    path("keluar/", account.logout, name="logout"),
    path("", reader(queue.queue), name="queue"),
    path("surat-tugas.pdf", staff(work_orders.work_order), name="work-order"),
    path("aturan/", rule_maker(rules.overview), name="rules"),
    path("aturan/pratinjau/", rule_maker(rules.start_preview), name="rules-preview-start"),
    path("aturan/pratinjau/<int:run_id>/", rule_maker(rules.preview), name="rules-preview"),
    path("aturan/terbitkan/", rule_maker(rules.publish), name="rules-publish"),
    path("aturan/pulihkan/<int:version_id>/", rule_maker(rules.roll_back), name="rules-roll-back"),
    path("aturan/tugaskan-ulang/", rule_maker(rules.start_reroute), name="rules-reroute"),
    path("aturan/lanjutkan/<int:run_id>/", rule_maker(rules.resume), name="rules-resume"),
    path("catatan-akses/", administrator(looks.log), name="looks"),
    path("massal/", staff(bulk.summary), name="bulk"),
    path("massal/jalankan/", staff(bulk.run), name="bulk-run"),
    path("massal/<int:action_id>/", staff(bulk.result), name="bulk-result"),
    path("massal/<int:action_id>/batalkan/", staff(bulk.undo), name="bulk-undo"),
    path("massal/<int:action_id>/lanjutkan/", staff(bulk.resume), name="bulk-resume"),
    path("templat/", staff(templates.overview), name="templates"),
    path("templat/baru/", staff(templates.edit), name="template-new"),
    path("templat/<int:template_id>/", staff(templates.edit), name="template"),
    path("templat/<int:template_id>/hapus/", staff(templates.delete), name="template-delete"),
    path("<str:code>/", reader(case.detail), name="detail"),
    path("<str:code>/perubahan/", reader(case.pulse), name="pulse"),
    path("<str:code>/tugaskan/", staff(case.perform(handling.HANDLER)), name="handler"),
    path("<str:code>/tayangkan/", verifier(case.perform(moderating.PUBLISH)), name="publish"),
    path("<str:code>/tidak-ditayangkan/", verifier(case.perform(moderating.WITHHOLD)), name="withhold"),
    path("<str:code>/rahasiakan/", verifier(case.perform(moderating.CONFIDENTIAL)), name="make-confidential"),
    path("<str:code>/tutup-kata/", verifier(case.perform(moderating.REDACT)), name="redact"),
    path("<str:code>/keberatan/", verifier(case.perform(moderating.ANSWER_APPEAL)), name="answer-appeal"),
    path("<str:code>/keputusan/<int:decision_id>/batalkan/", verifier(moderating.undo), name="undo-decision"),
    path("<str:code>/serahkan/", staff(case.perform(assigning.HAND_OVER)), name="hand-over"),
    path("<str:code>/batalkan-langkah/", staff(case.perform(taking_back.TAKE_BACK)), name="take-back"),
    path("<str:code>/tempatkan/", verifier(case.perform(placing.PLACE)), name="place"),
    path("<str:code>/hapus-lokasi/", verifier(case.perform(placing.UNPLACE)), name="unplace"),
    path("<str:code>/perbaiki/", verifier(case.perform(assigning.CORRECT)), name="correct"),
    path("<str:code>/foto/<uuid:uid>/", verifier(masking.edit), name="mask-photo"),
    path("<str:code>/foto/<uuid:uid>/asli/", verifier(masking.undo), name="unmask-photo"),
    path("<str:code>/pelapor/", verifier(reporter.look_at(reporter.IDENTITY)), name="identity"),
    path("<str:code>/uraian-asli/", verifier(reporter.look_at(reporter.ORIGINAL_TEXT)), name="original-text"),
    path("<str:code>/jawab/", officer(case.perform(answering.ANSWER)), name="answer"),
    path("<str:code>/status/", staff(case.perform(answering.STATUS)), name="status"),
    path("<str:code>/tanya/", staff(case.perform(answering.ASK)), name="ask"),
    path("<str:code>/tarik-pertanyaan/", staff(case.perform(answering.WITHDRAW)), name="withdraw-question"),
    path("<str:code>/catatan/", staff(case.perform(answering.NOTE)), name="note"),
    path("<str:code>/selesai/", officer(case.perform(finishing.FINISH)), name="finish"),
    path("<str:code>/bukan-kewenangan/", staff(case.perform(finishing.NOT_OURS)), name="not-ours"),
    path("<str:code>/tidak-dikerjakan/", officer(case.perform(finishing.DECLINE)), name="decline"),
    path("<str:code>/buka-kembali/", verifier(case.perform(finishing.DECIDE_REOPENING)), name="reopen-request"),
    path("<str:code>/kembalikan/", officer(case.perform(assigning.GIVE_BACK)), name="give-back"),
    path("<str:code>/gabungkan/", verifier(case.perform(grouping.MERGE)), name="merge"),
    path("<str:code>/keluarkan/", verifier(case.perform(grouping.UNMERGE)), name="unmerge"),
    path("<str:code>/pecah/", verifier(case.perform(grouping.SPLIT)), name="split"),
    path("<str:code>/gabung-ke-induk/", verifier(case.perform(grouping.MERGE_BACK)), name="merge-back"),
]
