"""What a citizen sends: a place and a report, typed but not yet judged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.texts import TextField
from geo_reports.models import Category


class SeveralFiles(forms.ClearableFileInput):
    """A file input that lets people choose more than one."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files from one input. Cleans to a list; what they contain is `intake`'s matter."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Each file through the usual checks for empty files and over-long names."""
        return [super(PhotosField, self).clean(upload, initial) for upload in data or []]


class AccuracyField(forms.FloatField):
    """Metres as the phone reports them; a value that makes no sense is dropped, not held against people."""

    def clean(self, value: Any) -> float | None:
        """The accuracy in metres, or None."""
        try:
            accuracy_m: float | None = super().clean(value)
        except ValidationError:
            return None
        return accuracy_m


class PlaceForm(forms.Form):
    """A point as a browser sends it: decimal degrees in WGS 84."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)

    def clean(self) -> dict[str, Any]:
        """Both or neither; what is no number, or only makes sense the other way round, gets a hint."""
        data = self.cleaned_data
        if self.has_error("lon", "invalid") or self.has_error("lat", "invalid"):
            raise ValidationError(_("Koordinat tidak benar. Tulis angka biasa dengan titik, contoh 100.25 dan -7.5."))
        if {"lon", "lat"} & set(self.errors):
            raise ValidationError(_("Koordinat tidak benar. Mungkin bujur dan lintang tertukar?"))
        if (data.get("lon") is None) != (data.get("lat") is None):
            raise ValidationError(_("Koordinat tidak lengkap: perlu bujur dan lintang."))
        return data

    @property
    def point(self) -> Point | None:
        """The cleaned point (EPSG:4326), or None when none was sent."""
        if self.cleaned_data.get("lon") is None or self.cleaned_data.get("lat") is None:
            return None
        return Point(self.cleaned_data["lon"], self.cleaned_data["lat"], srid=4326)


class RouteForm(PlaceForm):
    """A point with what else is known of the place."""

    akurasi = AccuracyField(required=False, min_value=0, max_value=100_000)
    jalan = forms.CharField(required=False, max_length=200)
    jawaban = forms.CharField(required=False, max_length=40)


class ReportForm(PlaceForm):
    """What a citizen sends. Rules about the report itself are `intake.submit`'s, which answers per field."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    foto = PhotosField(label=_("Foto"), required=False)
    akurasi = AccuracyField(required=False, min_value=0, max_value=100_000)
    kelurahan = forms.CharField(label=_("Kelurahan"), required=False, max_length=13)
    alamat = TextField(label=_("Alamat atau patokan"), required=False, max_length=200)
    jawaban = forms.CharField(required=False, max_length=40)
    kategori = forms.ModelChoiceField(
        Category.objects.filter(is_active=True),
        label=_("Masalah"),
        error_messages={
            "required": _("Pilih jenis masalahnya."),
            "invalid_choice": _("Jenis masalah itu tidak dikenal. Pilih dari daftar."),
        },
    )
    uraian = TextField(
        label=_("Uraian"), widget=forms.Textarea, error_messages={"required": _("Ceritakan apa yang terjadi.")}
    )
    nama = TextField(label=_("Nama"), required=False, max_length=80)
    kontak = TextField(label=_("Surel atau nomor telepon"), required=False, max_length=120)
    # Shown as a choice of two, "" or "on": whoever sends neither stays anonymous.
    tampilkan_nama = forms.BooleanField(label=_("Tampilkan nama saya pada laporan"), required=False)
    rahasia = forms.BooleanField(label=_("Rahasia"), required=False)
    website = forms.CharField(required=False)  # people never see it; machines that fill it are turned away

    field_order = ("submission_id", "foto", "lon", "lat", "akurasi", "kelurahan", "alamat", "kategori", "uraian")
