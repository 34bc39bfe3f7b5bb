"""Writes invented reports by COPY: the bulk twin of the single writers.

Beside `intake.submit`, `routing`, `transitions` and `moderation` this is the only code that may
write reports, their histories and what hangs on them; a test replays its histories through
the real ones. Each chunk is one transaction: an interrupted load keeps complete chunks. A second
thread draws ahead while the database works; it reads no database.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from time import monotonic

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction
from django.db.models import Model
from django.utils import translation
from psycopg2 import sql

from geo_reports import codes, deadlines
from geo_reports.demo import indexes, nudges, phrases, places, rows, templates, texts, times, world
from geo_reports.demo.chance import dice, stream
from geo_reports.demo.draw import Artist, code_numbers
from geo_reports.demo.pictures import Album
from geo_reports.demo.tale import Cast
from geo_reports.models import Report

CHUNK = 10_000
# From here on a load sets expensive indexes aside, unless the table holds more than it brings.
LARGE = 50_000
# How much COPY asks of Python at a time: every time it waits for the thread that draws.
READ_BYTES = 1 << 20

PLACE = """
-- The same answer as routing.place: lowest code among the pieces that cover the point. The GiST
-- index of kelurahanpiece answers each point.
SELECT DISTINCT ON (spot.number) spot.number, piece.area_id
FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS spot (lon, lat, number)
JOIN geo_reports_kelurahanpiece piece
  ON ST_Covers(piece.geometry, ST_SetSRID(ST_MakePoint(spot.lon, spot.lat), 4326))
ORDER BY spot.number, piece.area_id
"""
RESERVE = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


@dataclass(frozen=True)
class Progress:
    """How far the load is."""

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Reports per second so far."""
        return self.done / self.seconds if self.seconds else 0.0


def seed(count: int, number: int, until: datetime, tell: Callable[[Progress], None]) -> None:
    """Write `count` invented reports of the 24 months before `until`.

    The same count, number (the seed), until and city give the same rows, except primary keys and
    the reporters' secret keys. Raises world.NotReady when the city is not loaded, exclusive.Busy when
    somebody else is at it.
    """
    started = monotonic()
    artist = _artist(number, until)
    moments = times.moments(
        count,
        [topic.theme for topic in artist.world.topics],
        np.array([topic.weight for topic in artist.world.topics]),
        artist.cast.phrases,
        artist.world.calendar.until + artist.world.calendar.offset_s,
        stream(number, "times"),
    )
    album = Album.stored()
    with indexes.alone():
        is_large = count >= max(LARGE, Report.objects.count())
        with (
            indexes.set_aside(Report) if is_large else nullcontext(),
            closing(_drawn_ahead(artist, album, moments, count)) as chunks,
        ):
            done = 0
            for tables in chunks:
                _store(tables)
                done = min(done + CHUNK, count)
                tell(Progress(done, count, monotonic() - started))
        # Due dates are read off new tables: without statistics PostgreSQL reads them whole for each report.
        _analyze()
        for _done in chain(deadlines.update_open(), deadlines.update_settled()):
            pass
        nudges.catch_up(until)
        templates.write()


def recover() -> list[str]:
    """Build indexes that a killed load has left aside; returns their names. Raises exclusive.Busy."""
    with indexes.alone():
        return indexes.restore(Report)


def _artist(number: int, until: datetime) -> Artist:
    city = world.look(until, stream(number, "areas"))
    words = phrases.load()
    streets = places.build([area.polygon for area in city.areas], len(city.topics), stream(number, "streets"))
    cast = Cast(words, city.calendar, city.targets, city.paces, city.outside)
    return Artist(number, city, cast, streets, texts.corners(words, number, streets.count))


def _reserved(model: type[Model], count: int) -> list[int]:
    """Primary keys that nobody else will get."""
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [model._meta.db_table, count])
        return [key for (key,) in cursor.fetchall()]


def _copy(table: rows.Table) -> None:
    """Table and column names come from the models, the values travel as CSV."""
    with connection.cursor() as cursor:
        cursor.copy_expert(table.statement, table.rewound(), READ_BYTES)


def _analyze() -> None:
    """VACUUM as well, so that index-only scans work at once; not possible inside a transaction."""
    verb = sql.SQL("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
    with connection.cursor() as cursor:
        for model in rows.COLUMNS:
            cursor.execute(sql.SQL("{} {}").format(verb, sql.Identifier(model._meta.db_table)))


def _free_codes(artist: Artist, count: int) -> Iterator[str]:
    """Report codes that nobody has, a block at a time."""
    first = 0
    while True:
        block = [f"{artist.world.prefix}-{codes.encode(int(n))}" for n in code_numbers(artist.seed, first, CHUNK)]
        taken = set(Report.objects.filter(code__in=block).values_list("code", flat=True))
        yield from (code for code in block if code not in taken)
        first += CHUNK


def _drawn_ahead(artist: Artist, album: Album, moments: times.Moments, count: int) -> Generator[list[rows.Table]]:
    """The rows of each chunk in order; two more are being drawn and written while the caller stores one."""
    names = _free_codes(artist, count)
    ready: deque[Future[list[rows.Table]]] = deque()
    with ThreadPoolExecutor(1, "demo", translation.deactivate_all) as hand:
        for number, first in enumerate(range(0, count, CHUNK)):
            chunk = artist.chunk(number, moments, slice(first, min(first + CHUNK, count)))
            settled = _settled(chunk.lonlat, chunk.base)
            artist.foresee(chunk, settled)
            drawing = hand.submit(artist.draw, chunk, settled, list(islice(names, len(chunk.at))))
            if len(ready) > 1:
                yield ready.popleft().result()
            drawn = drawing.result()
            ids = {model: _reserved(model, wanted) for model, wanted in rows.wanted_ids(drawn).items()}
            ready.append(hand.submit(rows.write, drawn, ids, album, dice(artist.seed, "photos", number)))
        while ready:
            yield ready.popleft().result()


@transaction.atomic
def _store(tables: list[rows.Table]) -> None:
    with connection.cursor() as cursor:
        # The trigram index takes its entries in fewer, larger portions.
        cursor.execute("SET LOCAL gin_pending_list_limit = '64MB'")
    for table in tables:
        _copy(table)


def _settled(lonlat: npt.NDArray[np.float64], base: npt.NDArray[np.float64]) -> list[str]:
    """The kelurahan at each point; a point shaken out of the city goes back to its street, in place."""
    found = _place(lonlat)
    lost = [index for index, code in enumerate(found) if not code]
    if lost:
        lonlat[lost] = base[lost]
        for index, code in zip(lost, _place(lonlat[lost]), strict=True):
            found[index] = code
    return found


def _place(lonlat: npt.NDArray[np.float64]) -> list[str]:
    found = [""] * len(lonlat)
    with connection.cursor() as cursor:
        cursor.execute(PLACE, [lonlat[:, 0].tolist(), lonlat[:, 1].tolist()])
        for number, code in cursor.fetchall():
            found[number - 1] = code
    return found
