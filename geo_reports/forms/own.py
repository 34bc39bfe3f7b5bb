"""What a reporter sends about the own report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.report import PhotosField, PlaceForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Photo


class AmendForm(PlaceForm):
    """The report as it should be. Rules about it are `intake.amend`'s."""

    hapus = forms.MultipleChoiceField(label=_("Foto yang dihapus"), widget=forms.CheckboxSelectMultiple, required=False)
    foto = PhotosField(label=_("Tambah foto"), required=False)
    uraian = TextField(
        label=_("Uraian"), widget=forms.Textarea, error_messages={"required": _("Ceritakan apa yang terjadi.")}
    )
    alamat = TextField(label=_("Alamat atau patokan"), required=False, max_length=200)
    kelurahan = forms.CharField(label=_("Kelurahan"), required=False, max_length=13)

    def __init__(self, photos: list[Photo], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hapus"].choices = [(str(photo.uid), str(photo.uid)) for photo in photos]  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    """An objection to the decision not to show the report."""

    keberatan = TextField(
        label=_("Mengapa laporan ini sebaiknya ditayangkan?"),
        widget=forms.Textarea,
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Tuliskan alasan Anda."),
            "min_length": _("Tuliskan alasan Anda sedikit lebih lengkap (paling sedikit 10 huruf)."),
        },
    )
