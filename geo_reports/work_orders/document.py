"""The pages of a work order: title, map, list, one block per stop; numbered and marked at the end."""

from pathlib import Path
from typing import IO, Any, Final

from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table

from geo_reports.paper import typeface
from geo_reports.paper.pages import NumberedPages
from geo_reports.paper.styles import (
    AGENCY,
    BARE,
    BODY,
    COUNT,
    INK,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PAPER,
    SMALL,
    SOFT,
    TITLE,
    WIDTH,
    said,
)
from geo_reports.paper.typeface import BOLD, REGULAR, printable
from geo_reports.work_orders.list_sheet import list_sheet
from geo_reports.work_orders.map_sheet import MapSheet
from geo_reports.work_orders.order import Order
from geo_reports.work_orders.photo_box import OpenPhoto
from geo_reports.work_orders.stop_sheet import stop_sheet
from geo_reports.work_orders.words import Words

TOP: Final = 34.0
BOTTOM: Final = 40.0


def write(order: Order, words: Words, to: IO[bytes], *, fonts: Path, open_photo: OpenPhoto) -> None:
    """Write the PDF. `fonts` is the folder of the typeface; photos are opened one at a time.

    Raises reportlab's TTFError when the typeface is missing.
    """
    typeface.register(fonts)
    paper = SimpleDocTemplate(
        to,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=MARGIN - 6,  # a frame has six points of padding
        rightMargin=MARGIN - 6,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=printable(f"{words.title} {order.agency}"),
        lang=words.language,
    )

    def pages(*args: Any, **kwargs: Any) -> Pages:
        return Pages(*args, order=order, words=words, **kwargs)

    paper.build(_story(order, words, open_photo), canvasmaker=pages)


def _story(order: Order, words: Words, open_photo: OpenPhoto) -> list[Flowable]:
    head = Table([[said(words.title, TITLE), said(words.count, COUNT)]], [WIDTH - 140, 140], style=BARE)
    story: list[Flowable] = [head, said(order.agency, AGENCY), said(words.printed, BODY), Spacer(0, 6)]
    story += [MapSheet(order, order.ground, words)] if order.ground else [said(words.no_map, BODY)]
    story += [Spacer(0, 6), said(words.way_note, SMALL), Spacer(0, 4), list_sheet(order, words), Spacer(0, 16)]
    for number, stop in enumerate(order.stops, start=1):
        story += stop_sheet(number, stop, words, open_photo)
    return story


class Pages(NumberedPages):
    """The pages of one order, each marked when it holds something confidential."""

    holds_confidential = False

    def __init__(self, *args: Any, order: Order, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order, self.words = order, words

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Put the page aside; the next one holds nothing yet."""
        super().showPage()
        self.holds_confidential = False

    def surround(self, number: int, total: int) -> None:
        """Who printed it and the number below, the title above, and the mark where it belongs."""
        words, bottom, top = self.words, BOTTOM - 14, PAGE_HEIGHT - TOP + 6
        self.setFont(REGULAR, 8.5)
        self.setFillColor(SOFT)
        self.drawString(MARGIN, bottom, printable(words.printed))
        self.drawRightString(PAGE_WIDTH - MARGIN, bottom, words.page % {"page": number, "pages": total})
        if number > 1:
            self.drawString(MARGIN, top, printable(f"{words.title} · {self.order.agency} · {words.count}"))
        if self.holds_confidential:
            self._stamp(top)

    def _stamp(self, y: float) -> None:
        note, mark = self.words.confidential_note, self.words.confidential
        width = self.stringWidth(mark, BOLD, 11) + 12
        right = PAGE_WIDTH - MARGIN
        self.setFillColor(INK)
        self.rect(right - width, y - 5, width, 17, stroke=0, fill=1)
        self.setFont(REGULAR, 8.5)
        self.drawRightString(right - width - 6, y, note)
        self.setFillColor(PAPER)
        self.setFont(BOLD, 11)
        self.drawCentredString(right - width / 2, y, mark)
