"""Ready answers: whose, for what, and with which variables."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from geo_reports.casework import replies
from geo_reports.forms.texts import TextField
from geo_reports.models import Agency, Category, ReplyTemplate
from geo_reports.workers import Worker
from geo_reports.workflow import AT_AGENCY, Status

# In these an answer is written; a template for another status would never be offered.
STATUSES = [status for status in Status if status in AT_AGENCY | {Status.NEEDS_INFO}]


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A petugas writes for the own SKPD; verifikator and administrators for any, or for all."""

    title = TextField(label=_("Judul"), max_length=80, min_length=3)
    text = TextField(label=_("Isi"), widget=forms.Textarea, max_length=4000, min_length=10)
    status = forms.ChoiceField(label=_("Status laporan"), required=False)

    class Meta:
        model = ReplyTemplate
        fields = ("title", "agency", "category", "status", "text")

    def __init__(self, worker: Worker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = forms.ModelChoiceField(
            _agencies(worker), label=_("SKPD"), required=worker.is_officer, empty_label=_("Semua SKPD")
        )
        if worker.is_officer:
            agency.empty_label = None
        self.fields["agency"] = agency
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(is_active=True),
            label=_("Kategori"),
            required=False,
            empty_label=_("Semua kategori"),
        )
        statuses = [(status.value, status.label) for status in STATUSES]
        self.fields["status"].choices = [("", _("Semua status")), *statuses]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Only variables that can be filled in."""
        text: str = self.cleaned_data["text"]
        if unknown := replies.unknown_variables(text):
            raise ValidationError(
                _now("Variabel ini tidak dikenal: %(unknown)s. Yang ada: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": ", ".join(f"{{{name}}}" for name in replies.VARIABLES)}
            )
        return text


def _agencies(worker: Worker) -> Any:
    agencies = Agency.objects.filter(valid_to=None)
    return agencies.filter(memberships__user=worker.user) if worker.is_officer else agencies
