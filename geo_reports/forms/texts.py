"""The text field of every form that people fill in."""

from typing import Any

from django import forms

from geo_reports.intake.texts import tidy


class TextField(forms.CharField):
    """A CharField that drops what nobody can see before it judges length and emptiness."""

    def to_python(self, value: Any) -> str:
        """The tidied text."""
        return tidy(super().to_python(value) or "")
