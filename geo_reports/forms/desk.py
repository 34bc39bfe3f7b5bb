"""What verifikator and petugas send from the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.report import PlaceForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Agency, Category, Report
from geo_reports.workflow import Role, Status, allowed


class WithholdForm(forms.Form):
    """Why a report is not shown."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=Report.WithheldReason)


class HandOverForm(forms.Form):
    """Which agency takes over, and why."""

    agency = forms.ModelChoiceField(Agency.objects.filter(valid_to=None), label=_("SKPD"))
    reason = TextField(label=_("Alasan (dibaca warga)"), max_length=240, min_length=5)


class CorrectionForm(PlaceForm):
    """Where and what it really is; what is left as it was changes nothing."""

    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), label=_("Kategori"))
    street = TextField(label=_("Alamat atau nama jalan"), required=False, max_length=200)
    lon = forms.FloatField(label=_("Bujur"), required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Lintang"), required=False, min_value=-90, max_value=90)

    field_order = ("category", "street", "lon", "lat")


class AnswerForm(forms.Form):
    """A public answer."""

    text = TextField(label=_("Tanggapan untuk warga"), widget=forms.Textarea, max_length=4000, min_length=10)


class StatusForm(forms.Form):
    """The next status, offered from the table for this role only."""

    status = forms.ChoiceField(label=_("Status baru"))
    note = TextField(label=_("Catatan untuk umum"), required=False, max_length=500)

    # These moves have forms of their own, which ask for more.
    ELSEWHERE = frozenset({Status.WITHHELD, Status.ANSWERED, Status.VERIFIED})

    def __init__(self, report: Report, role: Role, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        moves = [status for status in allowed(Status(report.status), role) if status not in self.ELSEWHERE]
        self.fields["status"].choices = [(status.value, status.label) for status in moves]  # type: ignore[attr-defined]
