"""What verifikator say about several reports at once: the same, parts of one, open again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from geo_reports.casework import Part
from geo_reports.casework.duplicates import Candidate, candidates
from geo_reports.codes import normalised
from geo_reports.forms.desk import ActForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Agency, Category, ReopenRequest, Report
from geo_reports.workers import Worker

PARTS = 3  # offered at once; a report can be split again


class MergeForm(ActForm):
    """Which reports are about the same problem, and which of them goes on."""

    HERE, THERE = "here", "there"

    chosen = forms.MultipleChoiceField(
        label=_("Laporan yang mungkin sama"), required=False, widget=forms.CheckboxSelectMultiple
    )
    code = TextField(label=_("Nomor laporan lain"), required=False, max_length=60)
    direction = forms.ChoiceField(label=_("Yang berlanjut"))

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        self.candidates: list[Candidate] = candidates(report)
        self.fields["chosen"].choices = [(each.report.code, each.report.code) for each in self.candidates]  # type: ignore[attr-defined]
        self.fields["direction"].choices = [  # type: ignore[attr-defined]
            (self.HERE, _now("Laporan ini (%(code)s)") % {"code": report.code}),
            (self.THERE, _now("Laporan yang dipilih (pilih satu)")),
        ]

    def clean(self) -> dict[str, Any]:
        """`primary` and `members` as ids."""
        data = super().clean() or {}
        codes = {
            *data.get("chosen", []),
            *(normalised(each) for each in data.get("code", "").replace(",", " ").split()),
        }
        found = dict(Report.objects.filter(code__in=codes).values_list("code", "pk"))
        if unknown := sorted(codes - found.keys()):
            self.add_error("code", _now("Nomor %(code)s tidak ada.") % {"code": ", ".join(unknown)})
        others = sorted(set(found.values()) - {self.report.pk})
        if not self.errors and not others:
            raise ValidationError(_now("Pilih paling sedikit satu laporan lain."))
        if data.get("direction") == self.THERE:
            if len(others) > 1:
                self.add_error("direction", _now("Pilih satu saja, bila laporan itu yang berlanjut."))
            return data | {"primary": others[0] if others else None, "members": [self.report.pk]}
        return data | {"primary": self.report.pk, "members": others}


class UnmergeForm(ActForm):
    """Which members leave the group; a member itself just leaves."""

    members = forms.MultipleChoiceField(label=_("Keluarkan"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        if report.merged_into_id:
            del self.fields["members"]
            return
        members = report.duplicates.order_by("submitted_at", "pk").values_list("pk", "code")
        self.fields["members"].choices = [(str(pk), code) for pk, code in members]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`leaving` as ids."""
        data = super().clean() or {}
        if self.report.merged_into_id:
            return data | {"leaving": [self.report.pk]}
        leaving = [int(pk) for pk in data.get("members", [])]
        if not self.errors and not leaving:
            raise ValidationError(_now("Pilih laporan yang dikeluarkan."))
        return data | {"leaving": leaving}


class SplitForm(ActForm):
    """Up to PARTS parts; a part with neither category nor text is none."""

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        for number in range(1, PARTS + 1):
            self.fields[f"category{number}"] = forms.ModelChoiceField(
                Category.objects.filter(is_active=True), label=_("Kategori"), required=False, empty_label=_("Pilih")
            )
            self.fields[f"agency{number}"] = forms.ModelChoiceField(
                Agency.objects.filter(valid_to=None),
                label=_("SKPD"),
                required=False,
                empty_label=_("Ditentukan oleh aturan"),
            )
            self.fields[f"text{number}"] = TextField(
                label=_("Uraian bagian ini (dibaca warga)"), required=False, widget=forms.Textarea, max_length=1000
            )

    def groups(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each part."""
        return [
            (number, [self[f"{name}{number}"] for name in ("category", "agency", "text")])
            for number in range(1, PARTS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """`parts` as the verb wants them."""
        data = super().clean() or {}
        parts = []
        for number in range(1, PARTS + 1):
            category, text = data.get(f"category{number}"), data.get(f"text{number}", "")
            if category is None and not text:
                continue
            if category is None:
                self.add_error(f"category{number}", _now("Pilih kategori bagian ini."))
            elif not text:
                self.add_error(f"text{number}", _now("Tulis uraian bagian ini."))
            else:
                parts.append(Part(category, text, data.get(f"agency{number}")))
        if not self.errors and not parts:
            raise ValidationError(_now("Isi paling sedikit satu bagian."))
        return data | {"parts": parts}


class ReopenDecisionForm(ActForm):
    """What becomes of the oldest request that waits."""

    ACCEPT, DECLINE = "accept", "decline"

    request = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Keputusan"),
        choices=[
            (ACCEPT, _("Buka kembali")),
            (DECLINE, _("Tidak dibuka kembali")),
        ],
    )
    note = TextField(
        label=_("Penjelasan (dibaca warga, wajib bila tidak dibuka kembali)"),
        required=False,
        widget=forms.Textarea,
        max_length=500,
    )

    def initial_of(self, report: Report) -> dict[str, Any]:
        """The oldest request that waits."""
        pending = report.reopen_requests.filter(outcome=ReopenRequest.Outcome.PENDING).first()
        return {"request": pending.pk if pending else None}

    def clean(self) -> dict[str, Any]:
        """A request of this report; a sentence when it is declined."""
        data = super().clean() or {}
        if data.get("decision") == self.DECLINE and not data.get("note"):
            self.add_error("note", _now("Tulis penjelasan: mengapa laporan ini tidak dibuka kembali."))
        if not self.report.reopen_requests.filter(pk=data.get("request") or 0).exists():
            raise ValidationError(_now("Permintaan ini tidak ada lagi."))
        return data
