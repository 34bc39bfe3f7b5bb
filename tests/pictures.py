"""Real picture files for tests: with a camera's metadata, damaged, enormous, or not pictures at all."""

import io
import struct
import zlib

import piexif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from geo_reports.photos.cleaning import CleanPhoto


def _dms(degrees: float) -> tuple[tuple[int, int], ...]:
    """Degrees, minutes and seconds as EXIF rationals, to a hundred-thousandth of a second."""
    minutes, seconds = divmod(abs(degrees) * 3600, 60)
    whole, minutes = divmod(int(minutes), 60)
    return (whole, 1), (minutes, 1), (round(seconds * 100_000), 100_000)


def exif_bytes(lon: float, lat: float, orientation: int = 1) -> bytes:
    """What a phone writes: position, make, time, owner, and how it was held."""
    return piexif.dump(
        {
            "0th": {
                piexif.ImageIFD.Make: b"TelponKu",
                piexif.ImageIFD.Artist: b"Budi Rahasia",
                piexif.ImageIFD.Orientation: orientation,
            },
            "Exif": {piexif.ExifIFD.DateTimeOriginal: b"2025:03:12 12:00:00"},
            "GPS": {
                piexif.GPSIFD.GPSLatitudeRef: b"S" if lat < 0 else b"N",
                piexif.GPSIFD.GPSLatitude: _dms(lat),
                piexif.GPSIFD.GPSLongitudeRef: b"W" if lon < 0 else b"E",
                piexif.GPSIFD.GPSLongitude: _dms(lon),
            },
        }
    )


def picture(fmt: str = "JPEG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small gradient, so that a lost orientation shows: the left half is red, the right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    buffer = io.BytesIO()
    image.save(buffer, fmt, **options)
    return buffer.getvalue()


def phone_photo(lon: float, lat: float, orientation: int = 1) -> bytes:
    """A JPEG with a phone's metadata, position included."""
    return picture(exif=exif_bytes(lon, lat, orientation))


def pixel_bomb(side: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes whose header promises `side` x `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def upload(content: bytes, name: str = "foto.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """The bytes as a browser would send them."""
    return SimpleUploadedFile(name, content, content_type)


PHOTO = CleanPhoto(picture(), picture(size=(32, 24)), 64, 48)  # ready to be stored
