"""A small photo on the paper. The file is opened only while its page is drawn, and closed again."""

import io
from collections.abc import Callable
from typing import IO, Final

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from geo_reports.paper.styles import LINE, SOFT
from geo_reports.paper.typeface import REGULAR
from geo_reports.work_orders.marking import mark_confidential

WIDTH: Final = 144.0
HEIGHT: Final = 108.0
PIXELS: Final = 440  # 220 to the inch
QUALITY: Final = 78
OpenPhoto = Callable[[str], IO[bytes]]


class PhotoBox(Flowable):
    """One photo fitted into a box, or a sentence in its place."""

    def __init__(self, name: str, open_photo: OpenPhoto, sorry: str, *, is_confidential: bool) -> None:
        super().__init__()
        self.width, self.height = WIDTH, HEIGHT
        self.name, self.open_photo, self.sorry, self.is_confidential = name, open_photo, sorry, is_confidential

    def draw(self) -> None:
        """The photo, made as small as it is printed."""
        if self.is_confidential:
            mark_confidential(self.canv)
        try:
            picture = self._small()
        except Exception:  # noqa: BLE001  (a lost or damaged file, or a storage that is away, must not cost the paper)
            self._apologise()
            return
        width, height = picture.size
        factor = min(WIDTH / width, HEIGHT / height)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=QUALITY)
        buffer.seek(0)
        reader = ImageReader(buffer)
        self.canv.drawImage(
            reader,
            (WIDTH - width * factor) / 2,
            (HEIGHT - height * factor) / 2,
            width * factor,
            height * factor,
        )
        # The document keeps the reader, and would keep every photo's pixels until the end.
        reader._data = None  # type: ignore[attr-defined]  # noqa: SLF001
        buffer.close()

    def _small(self) -> Image.Image:
        with self.open_photo(self.name) as file, Image.open(file, formats=("JPEG",)) as picture:
            picture.draft("RGB", (PIXELS, PIXELS))
            picture.thumbnail((PIXELS, PIXELS))
            return picture.convert("RGB")

    def _apologise(self) -> None:
        self.canv.setStrokeColor(LINE)
        self.canv.rect(0, 0, WIDTH, HEIGHT)
        self.canv.setFillColor(SOFT)
        self.canv.setFont(REGULAR, 8.5)
        self.canv.drawCentredString(WIDTH / 2, HEIGHT / 2, self.sorry)
