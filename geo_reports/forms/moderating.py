"""What a verifikator decides about showing a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.desk import ActForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Appeal, Report
from geo_reports.moderation import Span, words_of
from geo_reports.wording.suggestions import suggest

PARTS: Final = {"text": _("Uraian"), "address": _("Alamat")}
MOST_SPANS: Final = 200
LONGEST_CHOICE: Final = 60


class WithholdFields(forms.Form):
    """Why something is not shown."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *Report.WithheldReason.choices])
    note = TextField(
        label=_("Catatan untuk pelapor (boleh kosong)"), widget=forms.Textarea, required=False, max_length=500
    )


class WithholdForm(ActForm, WithholdFields):
    """Why a report is not shown. The likeliest reason is offered, never chosen by itself."""

    def initial_of(self, report: Report) -> dict[str, Any]:
        """The likeliest reason by the words of the text."""
        return {"reason": suggest(report.text).likeliest or ""}


class RedactForm(ActForm):
    """Which words are covered: flagged ones, a phrase, or what was marked with the mouse or the keyboard.

    Positions are those of the text and the address that the page showed: `of` says which these were.
    """

    flagged = forms.MultipleChoiceField(
        label=_("Kata yang mungkin perlu ditutup"), widget=forms.CheckboxSelectMultiple, required=False
    )
    phrase = TextField(
        label=_("Kata atau kalimat yang ditutup"),
        required=False,
        max_length=300,
        help_text=_("Ditutup di mana pun muncul dalam uraian dan alamat."),
    )
    marked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    of = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    uncover = forms.BooleanField(label=_("Buka semua kata yang sudah ditutup"), required=False)

    spans: dict[str, list[Span]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(self._flagged())
        self.fields["flagged"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["flagged"]
        if not words_of(self.report).is_covered:
            del self.fields["uncover"]

    def initial_of(self, report: Report) -> dict[str, Any]:
        """The words that the page shows."""
        return {"of": _fingerprint(report)}

    def _flagged(self) -> Iterator[tuple[str, str]]:
        for part in PARTS:
            for flag in suggest(getattr(self.report, part)).flags:
                if flag.kind != "confidential" and 0 < len(flag.words) <= LONGEST_CHOICE:
                    yield f"{part}:{flag.start}-{flag.end}", f"“{flag.words}”: {flag.why}"

    def clean(self) -> dict[str, Any]:
        """Gather the spans of both parts."""
        data = super().clean() or {}
        self.spans = {part: [] for part in PARTS}
        if (data.get("flagged") or data.get("marked")) and data.get("of") != _fingerprint(self.report):
            self.data = {**self.data, "of": _fingerprint(self.report), "marked": "", "flagged": []}
            raise ValidationError(_("Uraian ini baru saja berubah. Tandai lagi kata yang ditutup."))
        for choice in data.get("flagged", []):
            part, start, end = re.split("[:-]", choice)
            self.spans[part].append((int(start), int(end)))
        self._take_phrase(data.get("phrase", ""))
        self._take_marked(data.get("marked") or "[]")
        is_any = any(self.spans.values())
        if data.get("uncover") and is_any:
            raise ValidationError(_("Pilih salah satu: membuka yang sudah ditutup, atau menutup kata lain."))
        if not self.errors and not is_any and not data.get("uncover"):
            raise ValidationError(_("Pilih atau tulis kata yang ditutup."))
        return data | {"spans": self.spans}

    def _take_phrase(self, phrase: str) -> None:
        if not phrase:
            return
        wanted = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE)
        found = {part: [each.span() for each in wanted.finditer(getattr(self.report, part))] for part in PARTS}
        if not any(found.values()):
            self.add_error("phrase", _("Kata ini tidak ada dalam uraian atau alamat. Salin persis seperti tertulis."))
        for part, spans in found.items():
            self.spans[part] += spans

    def _take_marked(self, raw: str) -> None:
        try:
            rows = json.loads(raw)
            for part, start, end in rows[:MOST_SPANS]:
                self.spans[part].append((int(start), int(end)))
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
            raise ValidationError(_("Kata yang ditandai tidak dapat dibaca. Muat ulang halaman ini.")) from error


def _fingerprint(report: Report) -> str:
    return sha256(f"{report.text}\0{report.address}".encode()).hexdigest()


class AppealAnswerForm(ActForm):
    """The answer to a reporter's objection."""

    outcome = forms.ChoiceField(
        label=_("Keputusan"),
        widget=forms.RadioSelect,
        choices=[
            (Appeal.Outcome.OVERTURNED.value, _("Ubah: laporan diteruskan dan dapat dibaca")),
            (Appeal.Outcome.UPHELD.value, _("Tetap: laporan tidak ditayangkan")),
        ],
    )
    note = TextField(label=_("Penjelasan untuk pelapor"), widget=forms.Textarea, min_length=10, max_length=500)
