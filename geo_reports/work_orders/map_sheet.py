"""The overview map: outlines and names of the kelurahan, the numbered places, a scale, an arrow."""

from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from geo_reports.paper.styles import INK, LINE, PAPER, SOFT
from geo_reports.paper.typeface import BOLD, REGULAR, printable
from geo_reports.work_orders.marking import mark_confidential
from geo_reports.work_orders.order import Area, Ground, Order, Ring, Spot
from geo_reports.work_orders.placing import (
    WIDTH,
    Box,
    Frame,
    Label,
    in_words,
    place_names,
    place_numbers,
    scale_bar_m,
)
from geo_reports.work_orders.words import Words

STRIP: Final = 26.0
NUMBER_SIZE: Final = 9.0
NAME_SIZE: Final = 7.5
KILOMETRE: Final = 1_000


class MapSheet(Flowable):
    """Vector map as wide as the page, with a strip for scale and sources below it."""

    def __init__(self, order: Order, ground: Ground, words: Words) -> None:
        super().__init__()
        self.frame = Frame(ground.window)
        self.size = (WIDTH, self.frame.height)
        self.width, self.height = WIDTH, self.frame.height + STRIP
        self.ground, self.words = ground, words
        self.places = [
            (number, self.frame.on_paper(stop.spot)) for number, stop in enumerate(order.stops, start=1) if stop.spot
        ]
        self.nowhere = [number for number, stop in enumerate(order.stops, start=1) if not stop.spot]
        self.is_confidential = any(stop.is_confidential and stop.spot for stop in order.stops)

    def draw(self) -> None:
        """Ground first, numbers last."""
        if self.is_confidential:
            mark_confidential(self.canv)
        labels = place_numbers(self.places, *self.size)
        canvas = self.canv
        canvas.saveState()
        canvas.translate(0, STRIP)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, 0, *self.size)
        canvas.clipPath(clip, stroke=0)
        self._outlines(self.ground.kelurahan, 0.5)
        self._outlines(self.ground.kecamatan, 1.4)
        self._way()
        self._names([label.box for label in labels])
        canvas.restoreState()
        self._numbers(labels)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1)
        canvas.rect(0, 0, *self.size)
        canvas.restoreState()
        self._scale()
        self._north()
        self._notes()

    def _outlines(self, areas: Iterable[Area], width: float) -> None:
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(width)
        path = self.canv.beginPath()
        for area in areas:
            for ring in area.rings:
                self._ring(path, ring)
        self.canv.drawPath(path)

    def _ring(self, path: PDFPathObject, ring: Ring) -> None:
        first, *rest = map(self.frame.on_paper, ring)
        path.moveTo(*first)
        for spot in rest:
            path.lineTo(*spot)

    def _way(self) -> None:
        """A dashed line from stop to stop."""
        self.canv.saveState()
        self.canv.setStrokeColor(SOFT)
        self.canv.setLineWidth(0.7)
        self.canv.setDash(1.5, 2.5)
        self._line([spot for _number, spot in self.places])
        self.canv.restoreState()

    def _line(self, spots: Sequence[Spot]) -> None:
        path = self.canv.beginPath()
        path.moveTo(*spots[0])
        for spot in spots[1:]:
            path.lineTo(*spot)
        self.canv.drawPath(path)

    def _names(self, taken: Sequence[Box]) -> None:
        texts = [printable(area.name) for area in self.ground.kelurahan]
        names = [
            (stringWidth(text, REGULAR, NAME_SIZE) + 4, self.frame.on_paper(area.label))
            for text, area in zip(texts, self.ground.kelurahan, strict=True)
        ]
        boxes = place_names(names, NAME_SIZE + 1, taken, self.size)
        for text, box in zip(texts, boxes, strict=True):
            if box:
                self._with_halo(text, box)

    def _with_halo(self, text: str, box: Box) -> None:
        self.canv.setFont(REGULAR, NAME_SIZE)
        self.canv.setFillColor(PAPER)
        self.canv.rect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, stroke=0, fill=1)
        self.canv.setFillColor(SOFT)
        self.canv.drawCentredString(box.x, box.y - NAME_SIZE / 3, text)

    def _numbers(self, labels: Sequence[Label]) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(0.7)
        for label in labels:
            for place in label.places:
                if not label.box.covers(place) or len(label.places) > 1:
                    canvas.line(label.box.x, label.box.y, *place)
                canvas.circle(*place, 2, stroke=0, fill=1)
        for label in labels:
            self._number(label, is_start=1 in label.numbers)

    def _number(self, label: Label, *, is_start: bool) -> None:
        box, canvas = label.box, self.canv
        canvas.setLineWidth(1)
        canvas.setFillColor(INK if is_start else PAPER)
        canvas.roundRect(
            box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, min(box.height / 2, 6), fill=1
        )
        canvas.setFillColor(PAPER if is_start else INK)
        canvas.setFont(BOLD, NUMBER_SIZE)
        leading = box.height / len(label.lines)
        for row, line in enumerate(label.lines):
            canvas.drawCentredString(box.x, box.y + box.height / 2 - (row + 0.5) * leading - NUMBER_SIZE / 3, line)

    def _scale(self) -> None:
        metres = scale_bar_m(self.ground.window)
        length = metres * self.frame.points_per_m
        text = f"{metres // KILOMETRE} km" if metres >= KILOMETRE else f"{metres} m"
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setStrokeColor(INK)
        canvas.rect(0, 13, length / 2, 4, fill=1)
        canvas.rect(length / 2, 13, length / 2, 4, fill=0)
        canvas.setFont(REGULAR, 8)
        canvas.drawString(0, 3, "0")
        canvas.drawCentredString(length, 3, text)

    def _north(self) -> None:
        canvas, x = self.canv, WIDTH - 8
        arrow = canvas.beginPath()
        for step, spot in enumerate(((x, 22), (x + 5, 8), (x, 11), (x - 5, 8))):
            (arrow.lineTo if step else arrow.moveTo)(*spot)
        arrow.close()
        canvas.drawPath(arrow, fill=1)
        canvas.setFont(BOLD, 8)
        canvas.drawCentredString(x, 0, self.words.north)

    def _notes(self) -> None:
        notes = [self.words.without_point % {"numbers": ", ".join(in_words(self.nowhere))}] if self.nowhere else []
        if self.ground.source:
            notes.append(self.words.map_note % {"source": self.ground.source})
        canvas = self.canv
        canvas.setFillColor(SOFT)
        canvas.setFont(REGULAR, 7.5)
        for row, note in enumerate(notes):
            canvas.drawRightString(WIDTH - 24, 13 - 10 * row, printable(note))
