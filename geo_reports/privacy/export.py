"""The reporter's own data as one ZIP file, made while it is sent: no photo waits in memory for another."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

from geo_reports.models import Report
from geo_reports.privacy.own_data import as_data, named_photos

PIECE_BYTES: Final = 64 * 1024


class _Pipe(io.RawIOBase):
    """What the archive writes to: keeps it until it is taken."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._kept)
        self._kept.clear()
        return taken


def archive(reports: Sequence[Report]) -> Iterator[bytes]:
    """The ZIP in pieces: a folder for each report with `data.json` and its photos.

    A photo whose file is lost is left out; `data.json` still names it.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as packed:
        for report in reports:
            told = json.dumps(as_data(report), ensure_ascii=False, indent=2)
            packed.writestr(f"{report.code}/data.json", told, zipfile.ZIP_DEFLATED)
            yield pipe.take()
            for _photo, files in named_photos(report):
                for name, file in files:
                    yield from _packed(packed, pipe, f"{report.code}/{name}", file)
    yield pipe.take()


def _packed(packed: zipfile.ZipFile, pipe: _Pipe, name: str, file: Any) -> Iterator[bytes]:
    try:
        source: IO[bytes] = file.open("rb")
    except FileNotFoundError:
        return
    with source, packed.open(name, "w") as target:
        for piece in _pieces(source):
            target.write(piece)
            yield pipe.take()
    yield pipe.take()


def _pieces(source: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: source.read(PIECE_BYTES), b"")
