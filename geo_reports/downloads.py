"""Downloads: a body that arrives in chunks becomes an attachment whose failure can be seen."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone


class Started:
    """An iterator whose first chunk is already there: what fails at once fails before "200 OK".

    Closing it closes the source, which ends the source's transaction.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._first: bytes | None = next(chunks)

    def __iter__(self) -> "Started":
        return self

    def __next__(self) -> bytes:
        first, self._first = self._first, None
        return next(self._chunks) if first is None else first

    def close(self) -> None:
        """Called by Django when the response is finished or the client has gone."""
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()


def attachment(chunks: Iterator[bytes] | None, *, stem: str, suffix: str, content_type: str) -> HttpResponseBase:
    """A download named `stem-YYYYMMDD.suffix`; without chunks only its headers (HEAD).

    When the source fails on the way the error goes through to the server, which breaks the
    connection off without the last chunk: no client takes that for a complete file.
    """
    headers = {
        "Content-Disposition": f'attachment; filename="{stem}-{timezone.localdate():%Y%m%d}.{suffix}"',
        "X-Robots-Tag": "noindex",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }
    if chunks is None:
        return HttpResponse(content_type=content_type, headers=headers)
    return StreamingHttpResponse(Started(chunks), content_type=content_type, headers=headers)
