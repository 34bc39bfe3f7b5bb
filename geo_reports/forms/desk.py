"""What verifikator and petugas send from the desk."""

from datetime import datetime
from typing import Any, Self

from django import forms
from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from geo_reports import transitions
from geo_reports.forms.report import PlaceForm
from geo_reports.forms.texts import TextField
from geo_reports.models import Agency, Category, Report
from geo_reports.workers import Worker
from geo_reports.workflow import Role, Status, allowed


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment with its time zone; None for what is none, also where only the calendar says so."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and is_aware(at) else None


class ActForm(forms.Form):
    """The form of one act on one report. `seen` is the version of the report that the page showed, at `shown_at`."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    shown_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        self.worker, self.report = worker, report
        kwargs["initial"] = (
            {"seen": report.version, "shown_at": timezone.now().isoformat()}
            | self.initial_of(report)
            | kwargs.get("initial", {})
        )
        super().__init__(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        """Whether only what stands in the form is to change, and nothing to be done yet."""
        return False

    def redrafted(self) -> Self:
        """The form as it is to be shown after a draft."""
        return self

    def clean_shown_at(self) -> datetime | None:
        """The moment; None when the page did not say it in a way that can be read."""
        return moment(self.cleaned_data["shown_at"])

    def initial_of(self, report: Report) -> dict[str, Any]:
        """What stands in the fields before anybody types."""
        return {}


class HandOverFields(forms.Form):
    """Which agency takes over, and why."""

    agency = forms.ModelChoiceField(Agency.objects.filter(valid_to=None), label=_("SKPD"), empty_label=_("Pilih"))
    reason = TextField(label=_("Alasan (dibaca warga)"), max_length=240, min_length=5)


class HandOverForm(ActForm, HandOverFields):
    """One report goes to another agency."""


class CorrectionForm(ActForm, PlaceForm):
    """Where and what it really is; what is left as it was changes nothing."""

    category = forms.ModelChoiceField(Category.objects.filter(is_active=True), label=_("Kategori"))
    kind = forms.ChoiceField(label=_("Jenis laporan"), choices=Report.Kind, required=False)
    street = TextField(label=_("Alamat atau nama jalan"), required=False, max_length=200)
    lon = forms.FloatField(label=_("Bujur"), required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Lintang"), required=False, min_value=-90, max_value=90)

    field_order = ("category", "kind", "street", "lon", "lat")

    def initial_of(self, report: Report) -> dict[str, Any]:
        """The report as it is."""
        lon, lat = report.point.coords if report.point else (None, None)
        return {
            "category": report.category_id,
            "kind": report.kind,
            "street": report.address,
            "lon": lon,
            "lat": lat,
        }

    def clean(self) -> dict[str, Any]:
        """The point beside the coordinates (EPSG:4326), or None."""
        data = super().clean() or {}
        both = data.get("lon") is not None and data.get("lat") is not None
        return data | {"point": Point(data["lon"], data["lat"], srid=4326) if both else None}


class StatusForm(ActForm):
    """The next status, offered from the table for this role only."""

    status = forms.ChoiceField(label=_("Status baru"))
    note = TextField(label=_("Catatan untuk umum"), required=False, max_length=500)

    # These moves have acts of their own, which ask for more.
    ELSEWHERE = frozenset({Status.WITHHELD, Status.ANSWERED, Status.VERIFIED, Status.DECLINED, *transitions.NEEDS_MORE})

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (status.value, status.label) for status in self.moves(report, worker.acts_as)
        ]

    @classmethod
    def moves(cls, report: Report, role: Role | None) -> list[Status]:
        """The statuses that this form offers."""
        if role is None or report.status in {Status.MERGED, Status.WITHHELD}:  # these lead on by other acts
            return []
        kept = cls.ELSEWHERE | ({Status.FORWARDED} if role is Role.OFFICER else frozenset())
        if report.status == Status.NEEDS_INFO:
            kept |= {Status.WAITING, Status.FORWARDED}  # the question is withdrawn
        return [status for status in allowed(Status(report.status), role) if status not in kept]
