"""The few drawn pictures that all demo reports share, written through the normal storage once."""

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from geo_reports.demo import canvas, scenes
from geo_reports.photos.storing import SHARED

THUMBNAIL = (640, 480)
QUALITY = 82
# A theme without pictures of its own, and what it looks like when it is fixed.
FALLBACK, FIXED = "other", "fixed-street"
LOOKALIKES = {"disaster": "tree", "power": "cable", "order": "sidewalk"}
FIXED_BY_THEME = {"pothole": "fixed-road", "lamp": "fixed-lamp"}


@dataclass(frozen=True)
class Picture:
    """A stored picture: names in the storage, pixels of the larger one."""

    image: str
    thumbnail: str
    width: int
    height: int


@dataclass(frozen=True)
class Album:
    """The stored pictures by scene."""

    pictures: Mapping[str, Picture]

    @classmethod
    def stored(cls) -> "Album":
        """Draw and store what is not stored yet."""
        return cls({name: _stored(name) for name in scenes.SCENES})

    def before(self, theme: str, rng: random.Random) -> Picture:
        """A picture of the problem."""
        return self.pictures[rng.choice(self._of(LOOKALIKES.get(theme, theme)) or self._of(FALLBACK))]

    def after(self, theme: str) -> Picture:
        """A picture of the problem solved."""
        return self.pictures[FIXED_BY_THEME.get(theme, FIXED)]

    def _of(self, theme: str) -> Sequence[str]:
        return [name for name in self.pictures if name.startswith(f"{theme}-")]


def _stored(name: str) -> Picture:
    image, thumbnail = f"{SHARED}{name}/image.jpg", f"{SHARED}{name}/thumbnail.jpg"
    if not (default_storage.exists(image) and default_storage.exists(thumbnail)):
        drawn = scenes.draw(name)
        _save(image, drawn)
        _save(thumbnail, drawn.resize(THUMBNAIL, Image.Resampling.LANCZOS))
    return Picture(image, thumbnail, *canvas.SIZE)


def _save(name: str, picture: Image.Image) -> None:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(buffer.getvalue()))
