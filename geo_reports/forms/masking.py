"""What a verifikator has marked on a photo, drawn (JSON) or typed (percent)."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from geo_reports.photos.masking import Kind, Mask, read_masks

KINDS = ((Kind.BLUR.value, _("Buramkan")), (Kind.BLACK.value, _("Tutup hitam")))
SIDES = {"x": "left", "y": "top", "width": "width", "height": "height"}


def _percent(label: Any, minimum: float) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, min_value=minimum, max_value=100)


class MaskForm(forms.Form):
    """All regions of one photo: those in `masks`, and one more when its four numbers are filled in.

    `regions` holds them once the form is valid.
    """

    masks = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    left = _percent(_("Jarak dari tepi kiri (%)"), 0)
    top = _percent(_("Jarak dari tepi atas (%)"), 0)
    width = _percent(_("Lebar (%)"), 0.1)
    height = _percent(_("Tinggi (%)"), 0.1)
    kind = forms.ChoiceField(label=_("Cara"), choices=KINDS, required=False, initial=Kind.BLUR.value)

    regions: list[Mask]

    def clean(self) -> dict[str, Any]:
        """Read the regions; what is wrong with them is told in `masking`'s words."""
        data = self.cleaned_data
        if self.errors:
            return data
        try:
            self.regions = read_masks([*self._drawn(), *self._typed()])
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return data

    def _drawn(self) -> list[object]:
        try:
            rows = json.loads(self.cleaned_data["masks"] or "[]")
        except (ValueError, RecursionError):
            rows = None
        if not isinstance(rows, list):
            raise ValidationError(_("Daftar bagian tidak dapat dibaca. Muat ulang halaman ini."))
        return rows

    def _typed(self) -> list[object]:
        numbers = {side: self.cleaned_data.get(name) for side, name in SIDES.items()}
        given = {side: value / 100 for side, value in numbers.items() if value is not None}
        if given and len(given) < len(SIDES):
            raise ValidationError(_("Isi keempat angka: kiri, atas, lebar, dan tinggi."))
        return [given | {"kind": self.cleaned_data.get("kind") or Kind.BLUR.value}] if given else []
