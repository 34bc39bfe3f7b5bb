"""Acts on several reports: the same problem becomes one group, one report becomes parts; and back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo_reports import casework
from geo_reports.casework.merging import may_head
from geo_reports.forms.desk import ActForm
from geo_reports.forms.grouping import MergeForm, SplitForm, UnmergeForm
from geo_reports.models import Report
from geo_reports.pages.desk.acts import Act, Done, Undo
from geo_reports.pages.desk.answering import can_move
from geo_reports.workers import Worker
from geo_reports.workflow import Status


def _merge(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    primary = casework.merge(data["primary"], data["members"], actor=worker.user)
    count = len(data["members"])
    told = {"n": count, "code": primary.code}
    sentence = ngettext("%(n)d laporan digabung ke %(code)s.", "%(n)d laporan digabung ke %(code)s.", count) % told
    members = tuple(("members", str(pk)) for pk in data["members"])
    return Done(sentence, Undo(reverse("desk:unmerge", args=[primary.code]), members))


def _unmerge(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    left = [casework.unmerge(pk, actor=worker.user) for pk in data["leaving"]]
    codes = ", ".join(each.code for each in left)
    return Done(_("%(codes)s berdiri sendiri lagi, dengan status seperti sebelumnya.") % {"codes": codes})


def _split(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    parts = casework.split(report.pk, data["parts"], actor=worker.user)
    told = {"code": report.code, "parts": ", ".join(f"{each.code} ({each.agency or '?'})" for each in parts)}
    return Done(_("Bagian dari %(code)s: %(parts)s.") % told)


def _merge_back(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    parent = casework.merge_back(report.pk, actor=worker.user)
    undo = Undo(reverse("desk:unmerge", args=[report.code]))
    return Done(_("%(code)s digabung kembali ke %(parent)s.") % {"code": report.code, "parent": parent.code}, undo)


def _may_split(worker: Worker, report: Report) -> bool:
    is_judged = report.visibility != Report.Visibility.WITHHELD
    return worker.is_verifier and report.is_open and report.part_of_id is None and is_judged


MERGE = Act(
    "merge",
    gettext_lazy("Gabungkan"),
    gettext_lazy("Gabungkan"),
    MergeForm,
    possible=lambda worker, report: worker.is_verifier and may_head(report),
    perform=_merge,
    hint=gettext_lazy("Satu jawaban untuk semuanya; setiap pelapor tetap diberi tahu."),
    icon="layers",
    fields="geo_reports/desk/_merge_fields.html",
    group="group",
)
UNMERGE = Act(
    "unmerge",
    gettext_lazy("Keluarkan dari gabungan"),
    gettext_lazy("Keluarkan"),
    UnmergeForm,
    possible=lambda worker, report: (
        worker.is_verifier and (report.status == Status.MERGED or report.duplicates.exists())
    ),
    perform=_unmerge,
    hint=gettext_lazy("Statusnya kembali seperti sebelum digabung."),
    icon="undo",
    fields="geo_reports/desk/_unmerge_fields.html",
    group="group",
)
SPLIT = Act(
    "split",
    gettext_lazy("Pecah"),
    gettext_lazy("Buat laporan bagian"),
    SplitForm,
    possible=_may_split,
    perform=_split,
    hint=gettext_lazy("Laporan ini berlanjut dengan SKPD-nya. Tiap bagian menjadi laporan sendiri."),
    icon="share",
    fields="geo_reports/desk/_split_fields.html",
    group="group",
)
MERGE_BACK = Act(
    "merge-back",
    gettext_lazy("Gabung ke induk"),
    gettext_lazy("Gabung ke induk"),
    ActForm,
    possible=lambda worker, report: report.part_of_id is not None and can_move(worker, report, Status.MERGED),
    perform=_merge_back,
    hint=gettext_lazy("Bagian ini kembali ke laporan induknya."),
    icon="undo",
    group="group",
)
ACTS = (MERGE, UNMERGE, SPLIT, MERGE_BACK)
