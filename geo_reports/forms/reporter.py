"""What the reporter, or anybody who passes by, says about a report that exists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.answering import CleanPhotoField
from geo_reports.forms.texts import TextField


class QuestionForm(forms.Form):
    """The reporter's answer to the desk's question."""

    jawaban = TextField(
        label=_("Jawaban Anda"),
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": _("Tulis jawaban Anda.")},
    )


class NotFixedForm(forms.Form):
    """Why it is not fixed; a photo helps."""

    uraian = TextField(
        label=_("Apa yang belum beres?"),
        widget=forms.Textarea,
        max_length=1000,
        min_length=5,
        error_messages={"required": _("Tulis apa yang belum beres.")},
    )
    foto = CleanPhotoField(label=_("Foto keadaan sekarang (bila ada)"), required=False)


class ReopenForm(NotFixedForm):
    """The same from anybody: the photo is what counts."""

    foto = CleanPhotoField(
        label=_("Foto keadaan sekarang"), error_messages={"required": _("Lampirkan foto keadaan sekarang.")}
    )
    website = forms.CharField(required=False)  # people never see it; machines that fill it are turned away
