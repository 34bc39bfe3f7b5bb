"""What comes around a request, made sound before anything reads its content: encoding, cookies, size, method.

Every page is UTF-8, so browsers answer in UTF-8. A request may still name any codec of Python,
hide null characters in cookies, or announce a body that would fill the disk.
"""

from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any, Final

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

MAX_BODY_BYTES: Final = 80_000_000  # four photos of 15 MB, the text, and some room
UTF8: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})
READING: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UNCHECKED: Final = "/admin/"  # our own pages check what is in their addresses; Django's filters do not
_CHARSET: Final = "geo_reports.charset"

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Utf8Only:
    """WSGI middleware: Django decodes with whatever codec the content type names, before its own middleware runs.

    The name is taken away and remembered, for `SoundRequest` to judge.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass the request on without its charset."""
        kind = Message()
        kind["Content-Type"] = environ.get("CONTENT_TYPE", "")
        charset = kind.get_content_charset("")
        if charset:
            kind.del_param("charset")
            environ |= {"CONTENT_TYPE": kind["Content-Type"], _CHARSET: charset}
        return self.application(environ, start_response)


class SoundRequest:
    """Django middleware. Stands before the first that reads cookies, parameters or the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse or repair, then pass on; say in words why a method is not allowed."""
        if request.META.get(_CHARSET, "") not in UTF8 and request.method not in READING:
            raise BadRequest("not UTF-8")
        if request.path_info.startswith(UNCHECKED) and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a null character, which no database text can hold")
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
            raise RequestDataTooBig("more than a report can be")
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in name + value}
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
            response.content = _("Alamat ini tidak dapat dipakai dengan cara ini. Buka halaman depan, lalu coba lagi.")
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what cannot be read. Whatever is wrong with the request, its page does not touch it."""
    is_too_much = isinstance(exception, (RequestDataTooBig, TooManyFilesSent))
    page, status = ("413.html", 413) if is_too_much else ("400.html", 400)
    return HttpResponse(render_to_string(page), status=status)
