"""What people send about personal data: why somebody at the desk looks, and what reporters do with their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.texts import TextField
from geo_reports.models import PersonalDataLook


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
