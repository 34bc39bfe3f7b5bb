"""Photos from strangers: recognised by content, decoded, turned upright, re-encoded without metadata.

Nothing of the uploaded bytes survives except pixels. The place that a camera wrote into the file
can be read before that.
"""

from __future__ import annotations

import io
import math
import threading
import warnings
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms
from pillow_heif import register_heif_opener

register_heif_opener()

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_PHOTOS = 4
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
IMAGE_EDGE = 2048
THUMBNAIL_EDGE = 640
JPEG_QUALITY = 82
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DECODING = threading.Lock()  # 60 megapixels are half a gigabyte for a moment: one at a time in each process


class BadPhoto(ValueError):
    """The file cannot be used as a photo; `str()` is a sentence for people."""


@dataclass(frozen=True)
class CleanPhoto:
    """Two JPEG files without metadata; width and height in pixels of the larger one."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PhotoPlace:
    """Where a camera says it was: degrees in WGS 84, error in metres if it was written."""

    lon: float
    lat: float
    accuracy_m: float | None = None


def clean_photo(upload: UploadedFile[bytes]) -> CleanPhoto:
    """Decode and re-encode an upload.

    Raises BadPhoto for a file that is too large, not a picture of a known format, damaged, or so
    large in pixels that it would fill the memory (checked on the header, before decoding).
    """
    if (upload.size or 0) > MAX_BYTES:
        raise BadPhoto(_("Foto “%(name)s” lebih besar dari 15 MB. Pilih foto yang lebih kecil.") % _named(upload))
    try:
        with _DECODING:
            image = _upright(_opened(upload))
    except BadPhoto:
        raise
    except Exception as error:  # see `_opened`
        raise BadPhoto(
            _("Foto “%(name)s” rusak atau terpotong. Ambil atau pilih foto lain.") % _named(upload)
        ) from error
    return encoded(image)


def encoded(picture: Image.Image) -> CleanPhoto:
    """An upright RGB picture as the two files that are kept."""
    return CleanPhoto(_jpeg(picture), _jpeg(_fitted(picture, THUMBNAIL_EDGE)), picture.width, picture.height)


def photo_place(upload: UploadedFile[bytes]) -> PhotoPlace | None:
    """The position in the photo's EXIF data, or None when there is none or it makes no sense.

    Raises BadPhoto like `clean_photo` for what is not a picture.
    """
    picture = _opened(upload)
    try:
        gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
        error = gps.get(ExifTags.GPS.GPSHPositioningError)
        accuracy_m = float(error) if error is not None else None
    except Exception:  # noqa: BLE001  (no position, or one that a broken camera wrote: the same to us)
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)):  # noqa: PLR2004  (the globe's limits)
        return None
    return PhotoPlace(lon, lat, accuracy_m if accuracy_m is not None and math.isfinite(accuracy_m) else None)


def _named(upload: UploadedFile[bytes]) -> dict[str, str]:
    return {"name": (upload.name or "?")[:60]}


def _opened(upload: UploadedFile[bytes]) -> Image.Image:
    """Open by content, reading the header only; refuse by format and by number of pixels."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(upload, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(upload) from error
    except Exception as error:  # see clean_photo
        raise BadPhoto(
            _("“%(name)s” bukan foto yang dapat dibaca. Gunakan JPEG, PNG, WebP, atau HEIC.") % _named(upload)
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels(upload)
    return picture


def _too_many_pixels(upload: UploadedFile[bytes]) -> BadPhoto:
    return BadPhoto(_("Ukuran gambar “%(name)s” terlalu besar (lebih dari 60 megapiksel).") % _named(upload))


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held, at most IMAGE_EDGE long, in sRGB on white.

    Made small first, so that every later copy is cheap; `draft` lets JPEG decode at a fitting scale.
    """
    picture.draft("RGB", (IMAGE_EDGE, IMAGE_EDGE))
    picture.load()
    turn, profile = _turn(picture), picture.info.get("icc_profile")
    if picture.mode not in {"RGB", "RGBA", "L", "LA", "CMYK"}:
        picture = picture.convert("RGBA" if picture.mode in {"P", "PA"} else "RGB")
    picture.thumbnail((IMAGE_EDGE, IMAGE_EDGE), Image.Resampling.LANCZOS)
    if picture.mode in {"RGBA", "LA"}:
        layered = picture.convert("RGBA")
        picture = Image.new("RGB", layered.size, "white")
        picture.paste(layered, mask=layered.getchannel("A"))
    elif picture.mode != "RGB":
        picture = picture.convert("RGB")
    if turn is not None:
        picture = picture.transpose(turn)
    return _in_srgb(picture, profile) if profile else picture


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """What turns the picture upright. `ImageOps.exif_transpose` would write the metadata anew, and fail on some."""
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001  (metadata that cannot be read: the same as none)
        return None


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Phones write Display P3; without its profile the colours would look dull."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture


def _fitted(picture: Image.Image, edge: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return copy


def _jpeg(picture: Image.Image) -> bytes:
    """Pixels only: a new image, so that no chunk of the upload can travel along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()


def _degrees(parts: tuple[float, float, float], hemisphere: object, negative: str) -> float:
    """Degrees, minutes, seconds to signed degrees. Raises ValueError when not finite."""
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError("not finite")
    return -value if str(hemisphere).strip("\0 ").upper() == negative else value
