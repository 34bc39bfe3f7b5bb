"""What logs and error mails must not repeat: addresses, telephone numbers, reporters' keys, rows of tables.

A second line of defence: nothing of it is logged on purpose. Names cannot be recognised, so posted
forms and the variables of a traceback are left out altogether.
"""

import logging
import re
from collections.abc import ItemsView
from typing import Any, Final

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

COVER: Final = "[…]"
MAIL: Final = re.compile(r"[\w.+%-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# A mobile number of the national plan, with 08, 62 or +62 before it; a landline of the capital's area.
PHONE: Final = re.compile(r"(?<![\w.])(?:(?:\+|%2B)?62[ .()-]{0,2}|0)(?:8[1-35-9]|21)(?:[ .()-]{0,2}\d){6,10}(?!\w)")
KEY: Final = re.compile(r"(kunci\s{0,2}=\s{0,2}['\"]?)[^&\s\"'<>]+|(data-saya/)[^/\s\"'<>?]{20,}", re.IGNORECASE)
# PostgreSQL repeats the row that broke a rule.
ROW: Final = re.compile(r"^(DETAIL:\s+)\S.*$", re.MULTILINE)


def masked(text: str) -> str:
    """`text` without what would point to a person or open somebody's report."""
    text = ROW.sub(rf"\g<1>{COVER}", text)
    text = KEY.sub(lambda match: (match[1] or match[2]) + COVER, text)
    return PHONE.sub(COVER, MAIL.sub(COVER, text))


class MaskedFormatter(logging.Formatter):
    """Masks the finished line, the traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """The masked line."""
        return masked(super().format(record))


class NoForms(SafeExceptionReporterFilter):
    """Leaves out every posted value and every variable, whichever view failed; all is there while developing."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields only."""
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        """The names of the variables only."""
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


class MaskedReporter(ExceptionReporter):
    """Masks the finished report, as text and as a page."""

    def get_traceback_text(self) -> SafeString:
        """For the mail to administrators."""
        return SafeString(masked(super().get_traceback_text()))

    def get_traceback_html(self) -> SafeString:
        """For the page while developing."""
        return SafeString(masked(super().get_traceback_html()))
