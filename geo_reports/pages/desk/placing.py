"""Reports without a place: which places their words name, and the acts that put them on the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports import routing
from geo_reports.forms.desk import ActForm
from geo_reports.forms.placing import PlaceInForm
from geo_reports.models import Evidence, Kelurahan, Report, RoutingClaim
from geo_reports.pages.desk.acts import Act, Done, Undo
from geo_reports.wording.places import Gazetteer, PlaceName, place_hints
from geo_reports.workers import Worker

LEAST_LIKENESS: Final = 0.6
MOST: Final = 4


@dataclass(frozen=True)
class NamedPlace:
    """A place that a text names: the words as they stand there, what they mean, and where it can be put."""

    words: str
    label: str
    kelurahan: tuple[tuple[str, str], ...]  # code and label; none for a street


def named_places(reports: Iterable[Report]) -> Mapping[int, list[NamedPlace]]:
    """The places that the words of unplaced reports name, by primary key; 2 queries when there are any."""
    unplaced = [report for report in reports if report.kelurahan_id is None and report.is_open]
    if not unplaced:
        return {}
    areas = list(Kelurahan.objects.select_related("kecamatan").order_by("name"))
    names = [PlaceName("kelurahan", area.code, area.name, tuple(area.aliases)) for area in areas]
    wholes = {area.kecamatan.code: area.kecamatan for area in areas}.values()
    names += [PlaceName("kecamatan", area.code, area.name, tuple(area.aliases)) for area in wholes]
    roads = RoutingClaim.objects.filter(kind__in=[Evidence.ROAD, Evidence.ROAD_NAME], version__is_rehearsal=False)
    streets = roads.exclude(name="").order_by("name").values_list("name", flat=True).distinct()
    names += [PlaceName("street", name, name) for name in streets]
    return {report.pk: _named_in(report, _gazetteer(tuple(names)), areas) for report in unplaced}


@lru_cache(maxsize=2)
def _gazetteer(names: tuple[PlaceName, ...]) -> Gazetteer:
    """Its index is built once for the same names."""
    return Gazetteer(names)


def _named_in(report: Report, gazetteer: Gazetteer, areas: list[Kelurahan]) -> list[NamedPlace]:
    words = f"{report.text}\n{report.address}"
    found = []
    for hint in place_hints(words, gazetteer, most=MOST):
        if hint.likeness < LEAST_LIKENESS:
            continue
        inside = [area for area in areas if hint.key in {area.code, area.kecamatan_id}]
        options = tuple((area.code, area.label) for area in inside)
        found.append(NamedPlace(words[hint.start : hint.end], hint.name, options))
    return found


def _place(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    fresh = routing.correct(report.pk, placement=routing.place_in(data["kelurahan"].pk), actor=worker.user)
    told = {"code": report.code, "place": data["kelurahan"].label, "agency": fresh.agency or _("verifikator")}
    undo = Undo(reverse("desk:unplace", args=[report.code]))
    return Done(_("%(code)s ditempatkan di %(place)s. Penanggung jawab: %(agency)s.") % told, undo)


def _unplace(worker: Worker, report: Report, data: dict[str, Any]) -> Done:
    routing.correct(report.pk, placement=routing.UNKNOWN_PLACE, actor=worker.user)
    return Done(_("%(code)s sekarang tanpa lokasi.") % {"code": report.code})


PLACE: Final = Act(
    "place",
    gettext_lazy("Tempatkan"),
    gettext_lazy("Tempatkan di kelurahan ini"),
    PlaceInForm,
    possible=lambda worker, report: worker.is_verifier and report.is_open and report.kelurahan_id is None,
    perform=_place,
    hint=gettext_lazy("Untuk titik yang tepat, pakai “Perbaiki laporan” di bawah “Lainnya”."),
    icon="pin",
    group="main",
)
UNPLACE: Final = Act(
    "unplace",
    gettext_lazy("Hapus lokasi"),
    gettext_lazy("Hapus lokasi"),
    ActForm,
    possible=lambda worker, report: (
        worker.is_verifier and report.is_open and report.placement == Report.Placement.CHOSEN
    ),
    perform=_unplace,
    hint=gettext_lazy("Bila kelurahannya ternyata salah dan belum diketahui yang benar."),
    group="assign",
)
ACTS = (PLACE, UNPLACE)
