"""Draws a chunk of reports with their histories; everything that is random about a row is here."""

import random
import struct
import uuid
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo_reports import codes
from geo_reports.demo import places, texts
from geo_reports.demo.chance import dice, happens, repeatable_uuid, stream
from geo_reports.demo.checking import Plot
from geo_reports.demo.histories import MISTAKEN_SHARE, tell, withheld_reason
from geo_reports.demo.phrases import Problem
from geo_reports.demo.places import Streets
from geo_reports.demo.tale import Cast, Tale
from geo_reports.demo.times import Moments
from geo_reports.demo.walk import Walk
from geo_reports.demo.world import Topic, World
from geo_reports.models import Report
from geo_reports.workflow import Status

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CHANNELS = (Report.Channel.WEB, Report.Channel.SMS, Report.Channel.EMAIL, Report.Channel.OPEN311)
CHANNEL_WEIGHTS = (86, 94, 98, 100)  # summed up
# Share of reports without a point, by channel; a fifth of them name no kelurahan either.
POINTLESS = {
    Report.Channel.WEB: 0.012,
    Report.Channel.SMS: 0.4,
    Report.Channel.EMAIL: 0.25,
    Report.Channel.OPEN311: 0.0,
}
PLACELESS_SHARE = 0.2
DUPLICATE_SHARE = 0.045
DUPLICATE_REACH = 60
DUPLICATE_M = 12.0
NAMED_SHARE = 0.3
SECRET_SHARE, SECRET_WHEN_SENSITIVE_SHARE = 0.008, 0.12
KINDS = (Report.Kind.COMPLAINT, Report.Kind.INFORMATION, Report.Kind.ASPIRATION, Report.Kind.OVERSIGHT)
KIND_WEIGHTS = (92, 95, 99, 100)  # summed up
LON_LAT_EWKB = struct.Struct("<BIIdd")
POINT_WITH_SRID, SRID = 0x20000001, 4326


@dataclass(frozen=True, slots=True)
class Drawn:
    """One invented report; `kelurahan` is "" when unknown, `point` and `public_point` EWKB or None."""

    code: str
    submission: uuid.UUID
    channel: str
    topic: Topic
    kind: str
    problem: Problem
    rt: int
    text: str
    address: str
    reporter: str
    point: str | None
    public_point: str | None
    accuracy_m: float | None
    placement: str
    kelurahan: str
    kecamatan: str
    walk: Walk


@dataclass(frozen=True)
class Chunk:
    """Columns of a part of the load, before placement: indexes into topics and areas, degrees."""

    number: int
    at: Ints
    topic: Ints
    area: Ints
    lonlat: Floats
    base: Floats
    street: Ints
    parent: Ints


@dataclass(frozen=True)
class Artist:
    """What all chunks of a load share."""

    seed: int
    world: World
    cast: Cast
    streets: Streets
    corners: list[texts.Corner]

    def chunk(self, number: int, moments: Moments, part: slice) -> Chunk:
        """Decide where the reports of one part lie and which are duplicates (`parent` >= 0)."""
        rng = stream(self.seed, "chunk", number)
        at, topic = moments.at[part] - self.world.calendar.offset_s, moments.category[part].copy()
        weights = np.array([area.weight for area in self.world.areas])
        area = rng.choice(len(weights), len(at), p=weights)
        parent = _parents(len(at), rng)
        copies = parent >= 0
        topic[copies], area[copies] = topic[parent[copies]], area[parent[copies]]
        hot = np.array([entry.theme.hot for entry in self.world.topics])[topic]
        spots = places.sample(self.streets, area, topic, hot, rng)
        lonlat, street = spots.lonlat, spots.street.copy()
        lonlat[copies] = places.nearby(self.streets, lonlat[parent[copies]], DUPLICATE_M, rng)
        street[copies] = street[parent[copies]]
        spots.base[copies] = spots.base[parent[copies]]
        return Chunk(number, at, topic, area, lonlat, spots.base, street, parent)

    def foresee(self, chunk: Chunk, kelurahan: list[str]) -> None:
        """Ask routing for every decision that `draw` may need, so that it reads no database."""
        world = self.world
        wanted = []
        for at, topic, area, covering in zip(chunk.at, chunk.topic, chunk.area, kelurahan, strict=True):
            category, on = world.topics[topic].category.pk, world.calendar.local_date(int(at))
            wanted += [(category, covering or world.areas[area].kelurahan.pk, on), (category, "", on)]
        world.foresee(wanted)

    def draw(self, chunk: Chunk, kelurahan: list[str], names: list[str]) -> list[Drawn]:
        """Tell the story of every report; `kelurahan` are the codes at the points ("" outside).

        Reads no database after `foresee`.
        """
        rng = dice(self.seed, "rows", chunk.number)
        drawn: list[Drawn] = []
        for index in range(len(chunk.at)):
            parent = drawn[chunk.parent[index]] if chunk.parent[index] >= 0 else None
            drawn.append(self._report(rng, chunk, index, kelurahan[index], names[index], parent))
        return drawn

    def _report(
        self, rng: random.Random, chunk: Chunk, index: int, covering: str, code: str, parent: Drawn | None
    ) -> Drawn:
        world, phrases = self.world, self.cast.phrases
        topic = world.topics[chunk.topic[index]]
        channel = rng.choices(CHANNELS, cum_weights=CHANNEL_WEIGHTS)[0]
        placement = _placement(rng, channel, covering)
        area = covering or world.areas[chunk.area[index]].kelurahan.pk
        kelurahan = "" if placement is Report.Placement.NONE else area
        at = int(chunk.at[index])
        is_secret = happens(rng, SECRET_WHEN_SENSITIVE_SHARE if topic.category.is_sensitive else SECRET_SHARE)
        first = world.decide(topic, kelurahan, world.calendar.local_date(at))
        walk = Walk(at, world.calendar.until, first, is_secret)
        plot, kind = _plot(rng, parent, walk, placement), rng.choices(KINDS, cum_weights=KIND_WEIGHTS)[0]
        problem = parent.problem if parent else rng.choice(topic.theme.problems)
        corner, rt = self.corners[chunk.street[index]], parent.rt if parent else rng.randint(1, 9)
        others = world.others(topic, problem, world.by_code[area].kelurahan.kecamatan_id, corner.street)
        tell(Tale(self.cast, rng, walk, topic.category.pk, kind, topic.theme, problem, others), plot)
        words = corner.words(rt, topic.theme)
        how = texts.register(rng, by_sms=channel is Report.Channel.SMS)
        if plot.withheld in phrases.withheld and not plot.is_mistaken:
            text = rng.choice(phrases.withheld[plot.withheld])
        else:
            text = texts.describe(rng, phrases, problem, words, how, world.calendar.local_hour(at), kind)
        exact = ewkb(*chunk.lonlat[index]) if placement is Report.Placement.POINT else None
        return Drawn(
            code=code,
            submission=repeatable_uuid(rng),
            channel=channel,
            topic=topic,
            kind=kind,
            problem=problem,
            rt=rt,
            text=text,
            address=texts.address(rng, phrases, words),
            reporter=texts.reporter(rng, phrases, corner, rt) if happens(rng, NAMED_SHARE) else "",
            point=exact,
            public_point=world.by_code[area].anchor if exact and topic.category.is_sensitive else exact,
            accuracy_m=round(rng.lognormvariate(2.5, 0.7), 1) if exact and happens(rng, 0.8) else None,
            placement=placement,
            kelurahan=kelurahan,
            kecamatan=world.by_code[area].kelurahan.kecamatan_id if kelurahan else "",
            walk=walk,
        )


def ewkb(lon: float, lat: float) -> str:
    """A point of EPSG:4326 as hexadecimal EWKB, bit for bit."""
    return LON_LAT_EWKB.pack(1, POINT_WITH_SRID, SRID, lon, lat).hex().upper()


def code_numbers(seed: int, first: int, count: int) -> Ints:
    """Distinct numbers of 30 bits that do not look like a sequence: an affine walk through all of them."""
    start, step = stream(seed, "codes").integers(0, 1 << codes.BITS, 2)
    numbers: Ints = (start + np.arange(first, first + count) * (step | 1)) % (1 << codes.BITS)
    return numbers


def _parents(count: int, rng: np.random.Generator) -> Ints:
    """For each report the earlier one of the chunk that it repeats, or -1; no copies of copies."""
    parent = np.arange(count) - rng.integers(1, DUPLICATE_REACH, count)
    parent[(rng.random(count) >= DUPLICATE_SHARE) | (parent < 0)] = -1
    is_copy = parent >= 0
    parent[is_copy & is_copy[parent]] = -1
    return parent


def _placement(rng: random.Random, channel: Report.Channel, covering: str) -> Report.Placement:
    if happens(rng, POINTLESS[channel]):
        is_nowhere = channel is not Report.Channel.WEB and happens(rng, PLACELESS_SHARE)
        return Report.Placement.NONE if is_nowhere else Report.Placement.CHOSEN
    return Report.Placement.POINT if covering else Report.Placement.CHOSEN


def _plot(rng: random.Random, parent: Drawn | None, walk: Walk, placement: Report.Placement) -> Plot:
    # Only what everybody may read heads a group.
    if parent and parent.walk.is_published and parent.walk.status is not Status.ARCHIVED and not walk.is_secret:
        return Plot(duplicate_of=parent.code)
    is_placed = placement is not Report.Placement.NONE
    return Plot(withheld_reason(rng), is_mistaken=happens(rng, MISTAKEN_SHARE), is_placed=is_placed)
