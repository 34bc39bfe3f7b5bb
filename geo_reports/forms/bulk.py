"""What is done to many reports at once: which reports, and what the verb needs to know."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.desk import HandOverFields
from geo_reports.forms.handling import PersonField
from geo_reports.forms.moderating import WithholdFields
from geo_reports.workers import Worker, desk_people

MOST_CHARACTERS = 20_000


class BulkForm(forms.Form):
    """A verb on the reports `kode`, comma-separated. `daftar` is the query string of the list to go back to."""

    tindakan = forms.CharField(widget=forms.HiddenInput)
    kode = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CHARACTERS)
    daftar = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)

    def __init__(self, worker: Worker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    @property
    def codes(self) -> list[str]:
        """The report numbers."""
        return [code for code in self.cleaned_data["kode"].split(",") if code]

    def parameters(self) -> dict[str, Any]:
        """What the verb needs, as JSON can keep it."""
        return {}


class BulkWithholdForm(BulkForm, WithholdFields):
    """Why none of them is shown."""

    def parameters(self) -> dict[str, Any]:
        """The reason, and the words for the reporters."""
        return {"reason": self.cleaned_data["reason"], "note": self.cleaned_data["note"]}


class BulkHandlerForm(BulkForm):
    """Who handles them all; empty means nobody."""

    handler = PersonField(User.objects.none(), label=_("Petugas"), required=False, empty_label=_("Belum ada"))

    def __init__(self, worker: Worker, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, *args, **kwargs)
        self.fields["handler"].queryset = desk_people(worker)  # type: ignore[attr-defined]
        self.fields["handler"].initial = worker.user.pk

    def parameters(self) -> dict[str, Any]:
        """The account's id, or None."""
        person = self.cleaned_data["handler"]
        return {"handler": person.pk if person else None}


class BulkHandOverForm(BulkForm, HandOverFields):
    """Which agency takes them all over, and why."""

    def parameters(self) -> dict[str, Any]:
        """The agency's slug and the reason."""
        return {"agency": self.cleaned_data["agency"].pk, "reason": self.cleaned_data["reason"]}


FORMS: dict[str, type[BulkForm]] = {
    "publish": BulkForm,
    "withhold": BulkWithholdForm,
    "handler": BulkHandlerForm,
    "start": BulkForm,
    "hand-over": BulkHandOverForm,
}
