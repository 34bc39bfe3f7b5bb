"""What people at the desk write to citizens, to the reporter and to each other."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from geo_reports.casework import replies
from geo_reports.forms.desk import ActForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Agency, Report
from geo_reports.photos.cleaning import BadPhoto, CleanPhoto, clean_photo
from geo_reports.workers import Worker

MIN_TEXT = 10


def _words(label: Any, *, most: int = 500, least: int = MIN_TEXT, **options: Any) -> TextField:
    """A few sentences."""
    return TextField(label=label, widget=forms.Textarea, max_length=most, min_length=least, **options)


class TemplateSelect(forms.Select):
    """Each ready answer carries its text, so that a script can fill it in without asking."""

    texts: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option with its text."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.texts:
            option["attrs"]["data-text"] = self.texts[str(value)]
        return option


class CleanPhotoField(forms.FileField):
    """One photo; cleans to its re-encoded files without metadata."""

    widget = forms.FileInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> CleanPhoto | None:
        """The cleaned photo; None when none was sent."""
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        try:
            return clean_photo(upload) if upload else None
        except BadPhoto as error:
            raise ValidationError(str(error)) from error


class AnswerForm(ActForm):
    """A public answer, from a ready one or not. `fill` puts the chosen text in instead of sending."""

    template = forms.ChoiceField(label=_("Templat"), required=False, widget=TemplateSelect)
    text = _words(_("Jawaban untuk warga"), most=4000)

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        ready = replies.fitting(report)
        self.ready = {str(each.pk): replies.filled(each, report) for each in ready}
        field = self.fields["template"]
        field.choices = [("", _("Tanpa templat")), *((str(each.pk), each.title) for each in ready)]  # type: ignore[attr-defined]
        field.widget.texts = self.ready
        if not ready:
            del self.fields["template"]

    @property
    def is_draft(self) -> bool:
        """Whether the button that puts the template's text in was pressed."""
        return "fill" in self.data

    def redrafted(self) -> Self:
        """Unbound, with the template's text after what was typed."""
        typed = [self.data.get("text", "").strip(), self.ready.get(self.data.get("template", ""), "")]
        initial = {name: self.data.get(name, "") for name in ("seen", "shown_at", "template")}
        initial["text"] = "\n\n".join(filter(None, typed))
        return type(self)(self.worker, self.report, initial=initial)


class AskForm(ActForm):
    """What the reporter is asked."""

    text = _words(_("Pertanyaan kepada pelapor"), most=1000)


class FinishForm(ActForm):
    """The claim that it is fixed: shown by a photo, or why it cannot be shown."""

    photo = CleanPhotoField(label=_("Foto sesudah"), required=False)
    no_photo_reason = TextField(label=_("Tanpa foto, karena"), required=False, max_length=240)
    note = TextField(label=_("Catatan untuk umum"), required=False, max_length=500, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """A photo or a reason."""
        data = super().clean() or {}
        if not self.errors and not data.get("photo") and not data.get("no_photo_reason"):
            raise ValidationError(_now("Lampirkan foto sesudah, atau tulis mengapa tidak ada."))
        return data


class NotOursForm(ActForm):
    """Whose it is, and what the citizen should know."""

    agency = forms.ModelChoiceField(
        Agency.objects.filter(valid_to=None), label=_("Pemilik"), required=False, empty_label=_("Tidak ada di daftar")
    )
    owner = TextField(label=_("Pemilik, bila tidak ada di daftar"), required=False, max_length=120)
    text = _words(_("Penjelasan untuk warga"))

    def clean(self) -> dict[str, Any]:
        """`owner` in words, whichever way it was named."""
        data = super().clean() or {}
        agency = data.get("agency")
        if not agency and not data.get("owner"):
            self.add_error("owner", _now("Sebutkan siapa pemiliknya."))
        return data | {"owner": agency.name[:120] if agency else data.get("owner", "")}


class DeclineForm(ActForm):
    """Why it is not done."""

    text = _words(_("Tidak dikerjakan karena"))


class GiveBackForm(ActForm):
    """Why it is not this SKPD's."""

    reason = TextField(label=_("Alasan (dibaca warga)"), max_length=240, min_length=MIN_TEXT)


class NoteForm(ActForm):
    """What colleagues should know."""

    text = _words(_("Catatan"), most=2000, least=2)
