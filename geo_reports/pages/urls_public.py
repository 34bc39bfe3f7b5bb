"""The pages of the citizens. Everybody may open them; what they show starts from `public()`."""

from django.urls import path
from django.views.decorators.http import require_safe

from geo_reports.pages import (
    feed,
    following,
    mailbox,
    own,
    own_data,
    photos,
    privacy_notice,
    public,
    reporting,
    transparency,
)

app_name = "reports"
urlpatterns = [
    path("lapor/", reporting.new, name="new"),
    path("laporan/", public.report_list, name="list"),
    path("laporan/rss/", require_safe(feed.ReportFeed()), name="rss"),
    path("laporan/<str:code>/", public.detail, name="detail"),
    path("laporan/<str:code>/perbaiki/", own.edit, name="amend"),
    path("laporan/<str:code>/keberatan/", own.object_to, name="appeal"),
    path("laporan/<str:code>/jawaban/", following.answer, name="answer-question"),
    path("laporan/<str:code>/sudah-beres/", following.confirm, name="confirm"),
    path("laporan/<str:code>/belum-beres/", following.dispute, name="dispute"),
    path("laporan/<str:code>/buka-kembali/", following.reopen, name="reopen"),
    # With the reporter's secret in `kunci`; without it these do not exist.
    path("laporan/<str:code>/data/", own_data.show, name="data"),
    path("laporan/<str:code>/data/perbaiki/", own_data.correct, name="data-correct"),
    path("laporan/<str:code>/data/unduh/", own_data.download, name="data-download"),
    path("laporan/<str:code>/data/hapus/", own_data.erase, name="data-erase"),
    # For reporters who lost it: a link to the mailbox that they gave.
    path("data-saya/", mailbox.ask, name="my-data"),
    path("data-saya/<str:token>/", mailbox.reports, name="my-data-link"),
    path("data-saya/<str:token>/unduh/", mailbox.download, name="my-data-download"),
    path("data-saya/<str:token>/hapus/", mailbox.erase, name="my-data-erase"),
    path("privasi/", privacy_notice.notice, name="privacy"),
    path("transparansi/", transparency.overview, name="transparency"),
    path("transparansi/keputusan.csv", transparency.counts_csv, name="transparency-csv"),
    path("skpd/<slug:slug>/", public.skpd, name="skpd"),
    path("foto/<uuid:uid>/original.jpg", photos.original, name="photo-original"),
    path("foto/<uuid:uid>/<str:size>.jpg", photos.photo, name="photo"),
]
