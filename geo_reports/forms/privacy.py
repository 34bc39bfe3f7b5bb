"""What people send about personal data: why somebody at the desk looks, and what reporters do with their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.texts import TextField
from geo_reports.intake.texts import tidy_line
from geo_reports.models import PersonalDataLook
from geo_reports.privacy.erasing import Wishes


class LookForm(forms.Form):
    """Why somebody has to see it."""

    reason = TextField(
        label=_("Alasan"),
        help_text=_("Misalnya: menelepon pelapor karena titiknya tidak jelas. Jangan tulis nama atau nomor di sini."),
        min_length=10,
        max_length=240,
        error_messages={
            "required": _("Tulis alasannya: alasan ini dicatat dan dapat diperiksa."),
            "min_length": _("Tulis alasannya sedikit lebih lengkap (paling sedikit 10 huruf)."),
        },
    )


class LogFilterForm(forms.Form):
    """Which lines of the log of looks to show."""

    akun = forms.ChoiceField(label=_("Akun"), required=False)
    hari = forms.DateField(label=_("Hari"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = PersonalDataLook.objects.order_by("username").values_list("username", flat=True).distinct()
        self.fields["akun"].choices = [("", _("Semua akun")), *((name, name) for name in names)]  # type: ignore[attr-defined]


class WishesForm(forms.Form):
    """Who the reporter is, and who may know. Named like the fields of the report form."""

    nama = TextField(label=_("Nama"), required=False, max_length=80)
    kontak = TextField(label=_("Surel atau nomor telepon"), required=False, max_length=120)
    tampilkan_nama = forms.BooleanField(label=_("Tampilkan nama saya pada laporan"), required=False)
    rahasia = forms.BooleanField(label=_("Rahasia"), required=False)

    @property
    def wishes(self) -> Wishes:
        """What was understood of a valid form."""
        data = self.cleaned_data
        return Wishes(
            name=tidy_line(data["nama"]),
            contact=tidy_line(data["kontak"]),
            is_anonymous=not data["tampilkan_nama"],
            wants_confidential=data["rahasia"],
        )


class EraseForm(forms.Form):
    """The last question before data is erased for good."""

    hapus_isi = forms.BooleanField(label=_("Hapus juga uraian dan foto saya dari laporan yang tayang"), required=False)
    yakin = forms.BooleanField(
        label=_("Saya mengerti: yang sudah dihapus tidak dapat dikembalikan"),
        error_messages={"required": _("Centang bahwa Anda mengerti, lalu tekan tombol hapus.")},
    )


class MailboxForm(forms.Form):
    """Where to send the link."""

    surel = forms.EmailField(
        label=_("Alamat surel"),
        max_length=120,
        error_messages={
            "required": _("Tulis alamat surel yang Anda pakai saat melapor."),
            "invalid": _("Alamat surel ini tidak lengkap. Contoh: nama@contoh.id."),
        },
    )
