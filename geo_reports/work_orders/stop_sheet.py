"""The block of one stop: where, what, photos, and lines to write on."""

import re
from typing import Final

from reportlab.graphics.barcode.qr import QrCode
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from geo_reports.paper.styles import (
    BAR,
    BAR_RIGHT,
    BARE,
    BODY,
    CAPTION,
    FACT,
    INK,
    LINE,
    MIST,
    NUMBER,
    SMALL,
    SOFT,
    STRONG,
    WIDTH,
    said,
)
from geo_reports.paper.typeface import BOLD, REGULAR
from geo_reports.work_orders.marking import teller
from geo_reports.work_orders.order import Stop
from geo_reports.work_orders.photo_box import HEIGHT as PHOTO_HEIGHT
from geo_reports.work_orders.photo_box import OpenPhoto, PhotoBox
from geo_reports.work_orders.words import Words

QR_SIZE: Final = 78.0
QR_GAP: Final = 14.0
BESIDE: Final = 600  # longer texts stand below everything else, as wide as the page
MOST_LINES: Final = 12
ROW: Final = 22.0
GAP: Final = 14.0
BESIDE_QR: Final = (*BARE, ("RIGHTPADDING", (0, 0), (0, 0), QR_GAP))


def stop_sheet(number: int, stop: Stop, words: Words, open_photo: OpenPhoto) -> list[Flowable]:
    """The flowables of one stop, kept on one page; a long text comes last and may run on."""
    text = in_paragraphs(stop.text)
    is_long = len(text) > BESIDE
    tell = teller(is_confidential=stop.is_confidential)
    parts: list[Flowable] = [_bar(number, stop, words), Spacer(0, 5), _where(stop, words, "" if is_long else text)]
    parts += [Spacer(0, 6), _evidence(stop, words, open_photo)]
    rest = [Spacer(0, 6), tell(text, BODY)] if is_long else []
    return [KeepTogether(parts), *rest, Spacer(0, GAP)]


def in_paragraphs(text: str) -> str:
    """The text with at most MOST_LINES line breaks: nobody fills the paper with empty lines."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]
    return "\n".join([*lines[:MOST_LINES], *([" ".join(lines[MOST_LINES:])] if lines[MOST_LINES:] else [])])


def _bar(number: int, stop: Stop, words: Words) -> Table:
    """Number, code and category, status; the same grey bar for each stop, so that the eye finds them."""
    tell = teller(is_confidential=stop.is_confidential)
    right = [stop.status]
    if stop.due:
        step = f"{words.due} {stop.due_step.lower()}".strip()
        right.append(f"{step}: {stop.due}{f' ({words.overdue})' if stop.is_overdue else ''}")
    if stop.is_confidential:
        right.append(words.confidential)
    cells = [
        said(str(number), NUMBER),
        tell(f"{stop.code}  ·  {stop.category}", BAR),
        said("\n".join(right), BAR_RIGHT),
    ]
    style = [
        ("BACKGROUND", (0, 0), (0, 0), INK),
        ("BACKGROUND", (1, 0), (-1, 0), MIST),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("RIGHTPADDING", (0, 0), (0, 0), 0),
    ]
    return Table([cells], [38, WIDTH - 38 - 200, 200], style=style)


def _where(stop: Stop, words: Words, text: str) -> Table:
    left: list[Flowable] = [said(stop.kelurahan or words.no_place, STRONG)]
    if stop.address:
        left.append(said(stop.address, BODY))
    if stop.lon is None or stop.lat is None:
        left.append(said(words.no_point, SMALL))
    else:
        left.append(said(f"{words.coordinates}: {stop.lat:.6f}, {stop.lon:.6f}", FACT))
    if text:
        left += [Spacer(0, 4), said(text, BODY)]
    if not stop.qr:
        return Table([[left]], [WIDTH], style=BARE)
    code = QrCode(stop.qr, width=QR_SIZE, height=QR_SIZE, qrBorder=2)
    return Table([[left, [code, said(words.scan, CAPTION)]]], [WIDTH - QR_SIZE, QR_SIZE], style=BESIDE_QR)


def _evidence(stop: Stop, words: Words, open_photo: OpenPhoto) -> Table | Flowable:
    """Photos on the left, lines to fill in beside them; without photos the lines take the whole width."""
    photos = [
        PhotoBox(name, open_photo, words.broken_photo, is_confidential=stop.is_confidential) for name in stop.photos
    ]
    if not photos:
        return HandLines(WIDTH, words, rows=3)
    taken = sum(photo.width + 6 for photo in photos)
    lines = HandLines(WIDTH - taken, words, rows=round(PHOTO_HEIGHT / ROW))
    return Table([[*photos, lines]], [*(photo.width + 6 for photo in photos), WIDTH - taken], style=BARE)


class HandLines(Flowable):
    """Where the crew writes: date, by whom, a note, whether there is a photo of the repair."""

    def __init__(self, width: float, words: Words, rows: int) -> None:
        super().__init__()
        self.width, self.height = width, rows * ROW
        self.words, self.rows = words, rows

    def draw(self) -> None:
        """From top to bottom; rows left over are room for the note."""
        words, half = self.words, self.width / 2
        is_narrow = self.width < WIDTH / 1.5
        top = [[(words.done_on, 0.0, self.width)], [(words.done_by, 0.0, self.width)]]
        if not is_narrow:
            top = [[(words.done_on, 0.0, half - 8), (words.done_by, half, self.width)]]
        spare = [[("", 0.0, self.width)]] * (self.rows - len(top) - 2)
        for row, fields in enumerate([*top, [(words.note, 0.0, self.width)], *spare]):
            for label, start, end in fields:
                self._field(label, start, end, self.height - (row + 1) * ROW + 4)
        self._photo_row(4)

    def _field(self, label: str, start: float, end: float, y: float) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(start, y, label)
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.6)
        canvas.line(start + (canvas.stringWidth(label, REGULAR, 8.5) + 4 if label else 0), y - 2, end, y - 2)

    def _photo_row(self, y: float) -> None:
        canvas, x = self.canv, 0.0
        canvas.setFillColor(INK)
        for text, font, has_box in (
            (self.words.photo_after, BOLD, False),
            (self.words.yes, REGULAR, True),
            (self.words.no, REGULAR, True),
        ):
            if has_box:
                canvas.setStrokeColor(INK)
                canvas.rect(x, y - 1.5, 9, 9, fill=0)
                x += 12
            canvas.setFont(font, 8.5)
            canvas.drawString(x, y, text)
            x += canvas.stringWidth(text, font, 8.5) + 7
        canvas.setStrokeColor(LINE)
        canvas.line(x - 3, y - 2, self.width, y - 2)
