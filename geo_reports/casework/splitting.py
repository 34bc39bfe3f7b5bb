"""One report about several things: parts of their own, each for its SKPD, each with its own clock.

The parent goes on with its SKPD. A part has the parent's place and photos and a text by the
verifikator, but nothing about the reporter: mails and the own page go through the parent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from geo_reports import routing, transitions
from geo_reports.codes import new_code
from geo_reports.locks import locked
from geo_reports.models import Agency, Category, City, Photo, Report
from geo_reports.photos import storing
from geo_reports.transitions import NotAllowed, change_status
from geo_reports.workflow import Role, Status

MOST_PARTS = 6


@dataclass(frozen=True)
class Part:
    """What one part is about. Without an agency the rules name one."""

    category: Category
    text: str
    agency: Agency | None = None


@storing.all_or_nothing()
def split(report_id: int, parts: Sequence[Part], *, actor: User, at: datetime | None = None) -> list[Report]:
    """Make reports of their own out of parts of a report; the fresh parts in the order given.

    Raises NotAllowed when the report is closed or itself a part, there is no part or there are too
    many, one has no text, or one would show a place that the parent hides.
    """
    parent = locked(report_id)
    at = at or timezone.now()
    _require_splittable(parent, parts)
    shown = list(parent.photos.filter(kind=Photo.Kind.BEFORE, is_hidden=False))
    return [_made(parent, part, shown, actor=actor, at=at) for part in parts]


def _require_splittable(parent: Report, parts: Sequence[Part]) -> None:
    if not parent.is_open:
        raise NotAllowed(_("Laporan yang sudah ditutup tidak dipecah. Buka kembali dahulu."))
    if parent.part_of_id:
        raise NotAllowed(_("Laporan ini sudah bagian dari laporan lain. Pecah laporan induknya."))
    if not 1 <= len(parts) <= MOST_PARTS:
        raise NotAllowed(_("Isi paling sedikit satu bagian, paling banyak %(most)d.") % {"most": MOST_PARTS})
    if not all(part.text.strip() for part in parts):
        raise NotAllowed(_("Tulis uraian untuk setiap bagian."))
    if parent.category.is_sensitive and not all(part.category.is_sensitive for part in parts):
        raise NotAllowed(_("Lokasi laporan ini disamarkan. Pilih kategori yang lokasinya juga disamarkan."))


def _made(parent: Report, part: Part, photos: Sequence[Photo], *, actor: User, at: datetime) -> Report:
    child = Report(
        code=_free_code(),
        channel=parent.channel,
        is_demo=parent.is_demo,
        category=part.category,
        kind=parent.kind,
        text=part.text,
        address=parent.address,
        accuracy_m=parent.accuracy_m,
        place_answer=parent.place_answer,
        wants_confidential=parent.wants_confidential,
        visibility=parent.visibility,
        submitted_at=at,
        part_of=parent,
    )
    placement = routing.placement_of(parent)
    routing.locate(child, placement)
    child.save()
    if part.agency:
        decision = routing.chosen(child, part.agency, _("dipecah dari laporan %(code)s") % {"code": parent.code})
    else:
        decision = routing.decide_for(child, placement, timezone.localdate(at))
    routing.assign(child, decision, at=at, actor=actor)
    transitions.open_history(child, at=at, role=Role.VERIFIER, actor=actor)
    for photo in photos:
        storing.copy(photo, child)
    if parent.visibility == Report.Visibility.PENDING:
        return child
    to = Status.FORWARDED if child.agency_id else Status.VERIFIED
    return change_status(child.pk, to, role=Role.VERIFIER, actor=actor, at=at)


def _free_code() -> str:
    """A report number that nobody has; two people who draw the same at once get a unique violation."""
    prefix = City.objects.get().report_prefix
    while Report.objects.filter(code=(code := new_code(prefix))).exists():
        pass
    return code
