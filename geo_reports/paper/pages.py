"""What every paper has: its size, numbered pages, and what stands around each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO, Any, Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate

from geo_reports.paper.styles import INK, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, PAPER, SOFT
from geo_reports.paper.typeface import BOLD, REGULAR, printable

TOP: Final = 34.0
BOTTOM: Final = 40.0
FOOTER: Final = BOTTOM - 14
HEADER: Final = PAGE_HEIGHT - TOP + 6


@dataclass(frozen=True)
class Around:
    """What stands around the pages: `header` from the second one on, `mark` with its `note` on those that are marked.

    `number` says which of how many a page is.
    """

    header: str
    footer: str
    number: Callable[[int, int], str]
    mark: str = ""
    note: str = ""


@dataclass(frozen=True)
class About:
    """What a reader's program shows about the file. With an aware time of making, the same data give the same bytes."""

    title: str
    language: str
    author: str | None = None
    subject: str | None = None
    made_at: datetime | None = None


def document(story: Sequence[Flowable], to: IO[bytes], about: About, around: Around) -> None:
    """Write the PDF; the typeface must have been registered."""
    paper = SimpleDocTemplate(
        to,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=MARGIN - 6,  # a frame has six points of padding
        rightMargin=MARGIN - 6,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=printable(about.title),
        author=about.author and printable(about.author),
        subject=about.subject and printable(about.subject),
        lang=about.language,
        invariant=about.made_at and 1,
    )
    paper.build([*story], canvasmaker=partial(NumberedPages, around=around, made_at=about.made_at))


class NumberedPages(Canvas):
    """Keeps the pages until their number is known, then writes what stands around each.

    Who draws something that the page must warn of sets `is_marked`; the next page begins without.
    """

    is_marked = False

    def __init__(self, *args: Any, around: Around, made_at: datetime | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around
        self.kept: list[dict[str, Any]] = []
        if made_at:
            zone = f"{made_at:%z}"
            made = f"D:{made_at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"
            self.setDateFormatter(lambda *_now: made)

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Put the page aside."""
        self.kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # (the stubs leave it out)
        self.is_marked = False

    def save(self) -> None:
        """Finish the pages and write the file."""
        kept = self.kept
        for number, page in enumerate(kept, start=1):
            self.__dict__.update(page)
            self._surround(number, len(kept))
            super().showPage()
        super().save()

    def _surround(self, number: int, total: int) -> None:
        around = self.around
        self.setFont(REGULAR, 8.5)
        self.setFillColor(SOFT)
        self.drawString(MARGIN, FOOTER, printable(around.footer))
        self.drawRightString(PAGE_WIDTH - MARGIN, FOOTER, around.number(number, total))
        if number > 1:
            self.drawString(MARGIN, HEADER, printable(around.header))
        if self.is_marked:
            self._stamp(around.mark, around.note)

    def _stamp(self, mark: str, note: str) -> None:
        width = self.stringWidth(mark, BOLD, 11) + 12
        right = PAGE_WIDTH - MARGIN
        self.setFillColor(INK)
        self.rect(right - width, HEADER - 5, width, 17, stroke=0, fill=1)
        self.setFont(REGULAR, 8.5)
        self.drawRightString(right - width - 6, HEADER, note)
        self.setFillColor(PAPER)
        self.setFont(BOLD, 11)
        self.drawCentredString(right - width / 2, HEADER, mark)
