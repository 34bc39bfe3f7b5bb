"""What a maker of rules fills in: how far to look back, and the note of a version."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PreviewForm(forms.Form):
    """On how many of the latest reports the draft is tried; 0 is all."""

    banyak = forms.TypedChoiceField(
        label=_("Coba pada"),
        coerce=int,
        initial=10_000,
        choices=[
            (1_000, _("1.000 laporan terakhir")),
            (10_000, _("10.000 laporan terakhir")),
            (100_000, _("100.000 laporan terakhir")),
            (0, _("semua laporan")),
        ],
    )


class PublishForm(forms.Form):
    """Why the rules change: read by whoever comes next."""

    catatan = forms.CharField(
        label=_("Catatan"),
        max_length=300,
        help_text=_("Apa yang berubah dan atas dasar apa."),
        error_messages={"required": _("Tulis apa yang berubah dan atas dasar apa.")},
    )
    tugaskan_ulang = forms.BooleanField(
        label=_("Tugaskan ulang laporan yang masih terbuka menurut aturan baru"), required=False
    )
