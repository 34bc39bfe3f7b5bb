"""Parts of a photo made unrecognisable: faces, plates, house numbers. Pixels only; `storing` keeps the result."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from PIL import Image

from geo_reports.photos.cleaning import CleanPhoto, encoded

MAX_MASKS = 40
BLOCKS = 4  # along the longer side of a blurred region; with 12, each of 1,000 plates had a look of its own
LEVELS = 16  # of each colour of a block
Box = tuple[int, int, int, int]


class Kind(StrEnum):
    """What happens to the pixels of a region."""

    BLUR = "blur"
    BLACK = "black"


@dataclass(frozen=True)
class Mask:
    """A rectangle of the picture: left, top, width and height as shares (0 to 1) of the picture's sides.

    It may hang over the picture's edges; what lies outside is ignored. Raises ValueError with a
    sentence for people when nothing of the picture would be covered.
    """

    x: float
    y: float
    width: float
    height: float
    kind: Kind

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.x, self.y, self.width, self.height))):
            raise ValueError(_("Letak dan ukuran bagian harus berupa angka."))
        if self.width <= 0 or self.height <= 0:
            raise ValueError(_("Bagian yang ditandai tidak punya luas. Gambarlah sekali lagi."))
        if self.x >= 1 or self.y >= 1 or self.x + self.width <= 0 or self.y + self.height <= 0:
            raise ValueError(_("Bagian yang ditandai berada di luar foto."))

    def box(self, width: int, height: int) -> Box:
        """Left, top, right and bottom in a picture of `width` x `height` pixels, rounded outwards."""
        left, top = math.floor(max(self.x, 0.0) * width), math.floor(max(self.y, 0.0) * height)
        right = math.ceil(min(self.x + self.width, 1.0) * width)
        bottom = math.ceil(min(self.y + self.height, 1.0) * height)
        left, top = min(left, width - 1), min(top, height - 1)
        return left, top, max(right, left + 1), max(bottom, top + 1)


def masked(jpeg: bytes, masks: Sequence[Mask]) -> CleanPhoto:
    """The picture with every region covered, in both sizes, encoded anew without metadata.

    Raises ValueError with a sentence for people when there is no region, or more than MAX_MASKS.
    """
    _check_number(masks)
    picture = Image.open(io.BytesIO(jpeg), formats=("JPEG",)).convert("RGB")
    for mask in masks:
        box = mask.box(*picture.size)
        picture.paste(_blurred(picture.crop(box)) if mask.kind is Kind.BLUR else "black", box)
    return encoded(picture)


def read_masks(rows: object) -> list[Mask]:
    """The masks in what was JSON: a list of objects with x, y, width, height and kind.

    Raises ValueError with a sentence for people for anything else.
    """
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError(_("Daftar bagian tidak dapat dibaca. Muat ulang halaman ini."))
    _check_number(rows)
    return [_mask(row) for row in rows]


def written(masks: Iterable[Mask]) -> list[dict[str, object]]:
    """The masks as plain values, as `read_masks` reads them."""
    return [asdict(mask) | {"kind": mask.kind.value} for mask in masks]


def _check_number(masks: Sequence[object]) -> None:
    if not masks:
        raise ValueError(_("Belum ada bagian yang ditandai."))
    if len(masks) > MAX_MASKS:
        raise ValueError(_("Paling banyak %(max)d bagian pada satu foto.") % {"max": MAX_MASKS})


def _mask(row: Mapping[object, object]) -> Mask:
    try:
        kind = Kind(str(row.get("kind")))
    except ValueError as error:
        raise ValueError(_("Pilih: buramkan atau tutup hitam.")) from error
    x, y, width, height = (_number(row.get(name)) for name in ("x", "y", "width", "height"))
    return Mask(x, y, width, height, kind)


def _number(value: object) -> float:
    """A float; not-a-number for what is none, which Mask refuses."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.nan


def _blurred(region: Image.Image) -> Image.Image:
    """A smudge in the region's colours that cannot be turned back into what was there.

    A Gaussian alone does not do: it only spreads what it hides, so it can be undone by
    deconvolution, and who guesses a plate can blur the guess and compare. Fine pixelation fails to
    the same guessing, and people recognise a familiar face in 7 x 10 blocks (Sinha et al., Face
    Recognition by Humans, Proc. IEEE 94(11), 2006). So most of it is thrown away first: averages
    over at most BLOCKS blocks along the longer side, their colours rounded to LEVELS. Only these
    few numbers are then drawn smoothly.
    """
    scale = BLOCKS / max(region.size)
    blocks = region.resize([max(1, round(side * scale)) for side in region.size], Image.Resampling.BOX)
    step = 256 // LEVELS
    return blocks.point([value // step * step + step // 2 for value in range(256)] * 3).resize(
        region.size, Image.Resampling.BICUBIC
    )
