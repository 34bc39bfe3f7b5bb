"""Where somebody wants to go on the map: kelurahan, kecamatan, streets and report numbers by what was typed.

Public things only. Streets are those of the routing rules in force: reference data, never an
address that a reporter wrote.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import chain
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from geo_reports import codes
from geo_reports.models import City, Kecamatan, Kelurahan, Report
from geo_reports.templatetags.look import category_label
from geo_reports.wording.folding import fold
from geo_reports.workflow import Status
from maps.params import Level

SHORTEST: Final = 2  # letters below which everything would match
MOST: Final = 5  # results of each group
LEAST_LIKENESS: Final = 0.78  # of a misspelt name, 0 to 1: "pamulng" is Pamulang
GUESS: Final = 10.0  # from this nearness on, a name is only like what was typed
LEAST_STREET_LIKENESS: Final = 0.5  # of its words, by trigrams: "siliwngi" is Siliwangi
KINDS: Final = {
    "kel": Level.KELURAHAN,
    "kelurahan": Level.KELURAHAN,
    "desa": Level.KELURAHAN,
    "kec": Level.KECAMATAN,
    "kecamatan": Level.KECAMATAN,
}
STREET: Final = frozenset({"jl", "jln", "jalan", "jlan", "gg", "gang", "ruas"})
WHOLE_CODE: Final = re.compile(r"[A-Z]{0,4}-?[0-9A-Z]{6}")
BEGUN_CODE: Final = re.compile(r"[A-Z]{1,4}-[0-9A-Z]{2,6}")

STREETS: Final = r"""
WITH wanted AS (SELECT geo_reports_street_key(%(text)s) AS key),
version AS (SELECT max(id) AS id FROM geo_reports_routingversion WHERE NOT is_rehearsal),
named AS (
    -- Reads the index claim_of_version; a register has hundreds of roads, not millions.
    SELECT claim.name, array_agg(DISTINCT claim.feature_id) AS features,
           max(array_to_string(claim.keys, '|')) AS keys,
           min(CASE WHEN spelt.key = wanted.key THEN 0 WHEN starts_with(spelt.key, wanted.key) THEN 1
                    WHEN strpos(' ' || spelt.key, ' ' || wanted.key) > 0 THEN 2 ELSE 3 END) AS place,
           max(word_similarity(wanted.key, spelt.key)) AS likeness
    FROM version
    JOIN geo_reports_routingclaim claim ON claim.version_id = version.id AND claim.kind = 'road_name'
    CROSS JOIN wanted CROSS JOIN LATERAL unnest(claim.keys) spelt (key)
    WHERE claim.in_force @> %(day)s::date AND length(wanted.key) >= %(shortest)s
      AND (strpos(spelt.key, wanted.key) > 0 OR word_similarity(wanted.key, spelt.key) >= %(likeness)s)
    GROUP BY claim.name
    ORDER BY place, likeness DESC, claim.name
    LIMIT %(most)s
),
shape AS (
    SELECT named.name, ST_Extent(ST_Transform(ST_SetSRID(piece.geometry_m, city.metric_srid), 4326)) AS box
    FROM named CROSS JOIN version CROSS JOIN geo_reports_city city
    JOIN geo_reports_routingclaim claim ON claim.version_id = version.id AND claim.kind = 'road'
     AND claim.feature_id = ANY(named.features)
    JOIN geo_reports_routingpiece piece ON piece.claim_id = claim.id
    GROUP BY named.name
)
SELECT named.name,
       -- People write the short name: "Juanda" for Jl. Ir. H. Juanda.
       (SELECT key FROM (SELECT trim(regexp_replace(key, '\mraya\M ?', '')) AS key
                         FROM regexp_split_to_table(named.keys, '\|') key) short
        WHERE key <> '' ORDER BY length(key), key LIMIT 1),
       ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
FROM named LEFT JOIN shape USING (name)
ORDER BY named.place, named.likeness DESC, named.name
"""


@dataclass(frozen=True)
class AreaHit:
    """A kelurahan with its kecamatan, or a kecamatan."""

    kode: str
    jenis: Level
    nama: str
    label: str
    kecamatan: str


@dataclass(frozen=True)
class StreetHit:
    """A street; `rentang` is west, south, east, north (EPSG:4326) where its shape is known.

    `kata` is what texts that name it are likely to hold.
    """

    nama: str
    kata: str
    rentang: tuple[float, ...] | None


@dataclass(frozen=True)
class ReportHit:
    """A report by its number; `titik` is longitude, latitude: None without a point, and where it is blurred."""

    kode: str
    kategori: str
    status: str
    status_nama: str
    tempat: str
    titik: tuple[float, float] | None


@dataclass(frozen=True)
class Found:
    """A handful of each kind, best first."""

    wilayah: tuple[AreaHit, ...] = ()
    jalan: tuple[StreetHit, ...] = ()
    laporan: tuple[ReportHit, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def find(text: str) -> Found:
    """What `text` may mean. At most 5 queries; none for less than two letters."""
    words = _words(text)
    kind, rest = _split(words)
    if len("".join(rest)) < SHORTEST:
        return Found()
    return Found(
        () if kind in STREET else _areas(rest, KINDS.get(kind)),
        () if kind in KINDS else _streets(text),
        () if kind else _reports(text),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text).text)


def _split(words: list[str]) -> tuple[str, list[str]]:
    """What says which kind of place follows, if anything does, and the name."""
    if words and (words[0] in KINDS or words[0] in STREET):
        return words[0], words[1:]
    return "", words


def _areas(words: list[str], level: Level | None) -> tuple[AreaHit, ...]:
    ranked: list[tuple[float, int, AreaHit]] = []
    for area in _all_areas(level):
        places = [_nearness(words, _words(name)) for name in (area.name, *area.aliases)]
        best = min((place for place in places if place is not None), default=None)
        if best is not None:
            hit = _area_hit(area)
            ranked.append((best, int(hit.jenis is Level.KELURAHAN), hit))
    ranked.sort(key=lambda row: (row[0], row[1], row[2].nama))
    # What is spelt as it was typed makes guesses unnecessary.
    is_certain = bool(ranked) and ranked[0][0] < GUESS
    return tuple(hit for place, _is_small, hit in ranked[:MOST] if place < GUESS or not is_certain)


def _all_areas(level: Level | None) -> Iterator[Kecamatan | Kelurahan]:
    kecamatan = () if level is Level.KELURAHAN else Kecamatan.objects.all()
    kelurahan = () if level is Level.KECAMATAN else Kelurahan.objects.select_related("kecamatan")
    return chain(kecamatan, kelurahan)


def _nearness(wanted: list[str], name: list[str]) -> float | None:
    """0 for the name itself, then its beginning, the beginning of a word, anywhere, misspelt; None: not like it."""
    typed, whole = "".join(wanted), "".join(name)
    beginnings = ("".join(name[first:]) for first in range(1, len(name)))
    if typed == whole:
        return 0
    if whole.startswith(typed):
        return 1
    if any(part.startswith(typed) for part in beginnings):
        return 2
    if typed in whole:
        return 3
    if not whole or typed[0] != whole[0]:  # another name may have no letter of ours
        return None
    # Somebody who is still typing has written the beginning of the name only.
    likeness = max(SequenceMatcher(None, typed, part).ratio() for part in (whole, whole[: len(typed)]))
    return GUESS + (1 - likeness) if likeness >= LEAST_LIKENESS else None


def _area_hit(area: Kecamatan | Kelurahan) -> AreaHit:
    if isinstance(area, Kelurahan):
        return AreaHit(area.code, Level.KELURAHAN, area.name, area.label, area.kecamatan_id)
    return AreaHit(area.code, Level.KECAMATAN, area.name, area.label, area.code)


def _streets(text: str) -> tuple[StreetHit, ...]:
    values: dict[str, str | int | float | date] = {
        "text": text,
        "day": timezone.localdate(),
        "shortest": SHORTEST,
        "likeness": LEAST_STREET_LIKENESS,
        "most": MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(STREETS, values)
        return tuple(StreetHit(name, words or name, _box(corners)) for name, words, *corners in cursor.fetchall())


def _box(corners: Iterable[float | None]) -> tuple[float, ...] | None:
    known = tuple(round(corner, 6) for corner in corners if corner is not None)
    return known or None


def _reports(text: str) -> tuple[ReportHit, ...]:
    """By the whole number, with or without its prefix and hyphen, or by how it begins. Two queries, or none."""
    typed = "".join(text.upper().split())
    public = Report.objects.public().select_related("category", "kecamatan", "kelurahan__kecamatan")
    if WHOLE_CODE.fullmatch(typed):
        prefix = City.objects.values_list("report_prefix", flat=True).first() or ""
        bare = typed if len(typed) > codes.LENGTH else f"{prefix}{typed}"
        found = public.filter(code=codes.normalised(bare))
    elif BEGUN_CODE.fullmatch(typed):
        found = public.filter(code__startswith=typed)
    else:
        return ()
    return tuple(_report_hit(report) for report in found.order_by("code")[:MOST])


def _report_hit(report: Report) -> ReportHit:
    place = report.kelurahan or report.kecamatan
    # A blurred place is a whole kelurahan: a pin in its middle would say something that nobody said.
    point = None if report.category.is_sensitive else report.public_point
    return ReportHit(
        report.code,
        category_label(report.category),
        report.status,
        str(Status(report.status).label),
        place.label if place else "",
        (round(point.x, 6), round(point.y, 6)) if point else None,
    )
