"""The pages of a work order: title, map, list, one block per stop; numbered and marked at the end."""

from pathlib import Path
from typing import IO

from reportlab.platypus import Flowable, Spacer, Table

from geo_reports.paper import typeface
from geo_reports.paper.pages import About, Around, document
from geo_reports.paper.styles import AGENCY, BARE, BODY, COUNT, SMALL, TITLE, WIDTH, said
from geo_reports.work_orders.list_sheet import list_sheet
from geo_reports.work_orders.map_sheet import MapSheet
from geo_reports.work_orders.order import Order
from geo_reports.work_orders.photo_box import OpenPhoto
from geo_reports.work_orders.stop_sheet import stop_sheet
from geo_reports.work_orders.words import Words


def write(order: Order, words: Words, to: IO[bytes], *, fonts: Path, open_photo: OpenPhoto) -> None:
    """Write the PDF. `fonts` is the folder of the typeface; photos are opened one at a time.

    Raises reportlab's TTFError when the typeface is missing.
    """
    typeface.register(fonts)
    around = Around(
        header=f"{words.title} · {order.agency} · {words.count}",
        footer=words.printed,
        number=lambda page, pages: words.page % {"page": page, "pages": pages},
        mark=words.confidential,
        note=words.confidential_note,
    )
    about = About(f"{words.title} {order.agency}", words.language)
    document(_story(order, words, open_photo), to, about, around)


def _story(order: Order, words: Words, open_photo: OpenPhoto) -> list[Flowable]:
    head = Table([[said(words.title, TITLE), said(words.count, COUNT)]], [WIDTH - 140, 140], style=BARE)
    story: list[Flowable] = [head, said(order.agency, AGENCY), said(words.printed, BODY), Spacer(0, 6)]
    story += [MapSheet(order, order.ground, words)] if order.ground else [said(words.no_map, BODY)]
    story += [Spacer(0, 6), said(words.way_note, SMALL), Spacer(0, 4), list_sheet(order, words), Spacer(0, 16)]
    for number, stop in enumerate(order.stops, start=1):
        story += stop_sheet(number, stop, words, open_photo)
    return story
