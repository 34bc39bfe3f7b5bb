"""One decision: who answers for a category at a place, and why, as people read it."""

import json
import logging
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from geo_reports.models import Agency, Category, Evidence, Kecamatan, Kelurahan, Report
from geo_reports.routing import engine
from geo_reports.routing.places import Placement

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    """What the evidence says: one agency, several that a person has to choose from, or none.

    ERROR means that the rules could not be evaluated: it is logged, counted in /metrics, and a
    person decides.
    """

    DECIDED = "decided"
    AMBIGUOUS = "ambiguous"
    NOBODY = "nobody"
    ERROR = "error"


@dataclass(frozen=True)
class Option:
    """One answer to the question where exactly it is: the `ref` of a candidate, and what people read."""

    value: str
    label: str


AREA_RULES = {Evidence.KELURAHAN, Evidence.KECAMATAN, Evidence.CITY, Evidence.OFFICE}


@dataclass(frozen=True)
class Decision:
    """Who answers, and why. `agency` is None unless the verdict is `decided`: then a person decides.

    `trace` lists every candidate in order as plain data that is stored with the assignment: kind,
    ref, agency, rank, distance_m, likeness, version, reason, and result (won, tied, weaker, farther,
    lower_priority, out_of_reach).
    """

    verdict: Verdict
    agency: Agency | None
    kelurahan: Kelurahan | None
    reason: str
    trace: list[dict[str, Any]] = field(default_factory=list)

    @property
    def kecamatan(self) -> Kecamatan | None:
        """The kecamatan of the kelurahan."""
        return self.kelurahan.kecamatan if self.kelurahan else None

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """Between whom a person has to choose; empty when it is decided."""
        return [] if self.verdict is Verdict.DECIDED else tied(self.trace)

    @property
    def question(self) -> list[Option]:
        """The one question that would settle it, as its answers; empty when a person has to decide.

        Whoever stands there can tell a road from the lane beside it. Nobody can settle a conflict of
        rules or find a road's doubtful owner by looking, and whether a place belongs to the city is
        not for the reporter to choose.
        """
        lines = self.candidates
        rules = [line for line in lines if line["kind"] in AREA_RULES]
        leaves_city = any(line["kind"] == "beside" and not line.get("agency") for line in lines)
        is_doubted = any(line.get("doubtful") for line in lines)
        if self.kelurahan is None or len(rules) > 1 or leaves_city or is_doubted:
            return []
        return [self._option(line, lines) for line in lines]

    def _option(self, line: dict[str, Any], lines: list[dict[str, Any]]) -> Option:
        if line["kind"] not in AREA_RULES:
            return Option(line["ref"], line["name"])
        assert self.kelurahan is not None  # noqa: S101  (`question` asks nothing without one)
        is_border = any(other["kind"] == "beside" for other in lines)
        label = self.kelurahan.label if is_border else _("Bukan di sana, di tempat lain di dekatnya")
        return Option(f"kelurahan:{self.kelurahan.pk}", label)

    @property
    def stored(self) -> dict[str, Any] | None:
        """What a report keeps of an undecided decision; None when it is decided."""
        return None if self.verdict is Verdict.DECIDED else {"verdict": str(self.verdict), "trace": self.trace}


def tied(trace: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a trace between which a person has to choose: one per agency, strongest first."""
    chosen: dict[str | None, dict[str, Any]] = {}
    if any(line["result"] == "tied" for line in trace):
        for line in trace:
            if line["result"] in {"tied", "won"}:
                chosen.setdefault(line.get("agency"), line)
    return list(chosen.values())


def decide(
    category: Category,
    placement: Placement,
    on: date,
    *,
    accuracy_m: float | None = None,
    street: str = "",
    answer: str = "",
) -> Decision:
    """Choose the agency for `category` at `placement` by the version in force, on the day `on`.

    `accuracy_m` is the radius around the point in metres; `street` an address as it was written;
    `answer` the `ref` of the candidate that the reporter pointed at. Two queries.
    """
    point = placement.point
    with connection.cursor() as cursor:
        cursor.execute(
            engine.statement(engine.ONE_SPOT),
            engine.VALUES
            | {
                "lon": point.x if point else None,
                "lat": point.y if point else None,
                "accuracy_m": accuracy_m if point else None,
                "category": category.pk,
                "street": street,
                "on": on,
                "placed_in": placement.kelurahan.pk if placement.kelurahan else None,
                "answer": answer,
            },
        )
        _id, _kelurahan, slug, verdict, reason, trace = cursor.fetchone()
    agency = Agency.objects.get(pk=slug) if slug else None
    lines = json.loads(trace)
    if agency is None:
        reason = undecided_sentence(lines)
    return Decision(Verdict(verdict), agency, placement.kelurahan, reason, lines)


def decide_for(report: Report, placement: Placement, on: date) -> Decision:
    """The decision for a report at `placement`, with all that its reporter said about the place.

    Never raises for what the rules hold: nobody loses a report because of a rule.
    """
    try:
        with transaction.atomic():
            return decide(
                report.category,
                placement,
                on,
                accuracy_m=report.accuracy_m,
                street=report.address,
                answer=report.place_answer,
            )
    except DatabaseError:
        logger.exception("routing failed for a report of category %s", report.category_id)
        reason = _("aturan tidak dapat dihitung; verifikator akan menentukannya")
        return Decision(Verdict.ERROR, None, placement.kelurahan, reason)


def undecided_sentence(trace: list[dict[str, Any]]) -> str:
    """Why a person has to decide, for people."""
    candidates = tied(trace)
    if not candidates:
        return _("belum ada aturan untuk kategori ini; verifikator akan menentukannya")
    names = dict(
        Agency.objects.filter(pk__in=[line.get("agency") for line in candidates]).values_list("pk", "short_name")
    )
    told = [_told(line, names) for line in candidates]
    return _("bisa %(candidates)s; verifikator akan menentukannya") % {"candidates": _(" atau ").join(told)}


def _told(line: dict[str, Any], names: dict[str, str]) -> str:
    """`PUPR Banten (Jl. Raya Siliwangi, 12 m)`."""
    agency = line.get("agency")
    name = names.get(agency, "") if agency else line.get("name", _("wilayah tetangga"))
    beside = [line["name"]] if agency and line.get("name") else []
    if line.get("distance_m"):
        beside.append(_("%(metres)d m") % {"metres": round(line["distance_m"])})
    return f"{name} ({', '.join(beside)})" if beside else name
