"""In which kelurahan a report without a point lies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.desk import ActForm
from geo_reports.models import Kelurahan


class KelurahanField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A kelurahan with its kecamatan: several names stand for both."""

    def label_from_instance(self, obj: Kelurahan) -> str:
        """`Kel. X, Kec. Y`."""
        return obj.label


class PlaceInForm(ActForm):
    """The kelurahan that somebody read out of the report's words."""

    kelurahan = KelurahanField(
        Kelurahan.objects.select_related("kecamatan").order_by("name"), label=_("Kelurahan"), empty_label=_("Pilih")
    )
