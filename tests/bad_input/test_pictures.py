"""Pictures with hostile insides, through the page: taken without what is wrong with them, or refused in words."""

import io
import struct

import piexif
import pytest
from PIL import Image

from geo_reports.models import Photo
from tests.bad_input.sending import send
from tests.pictures import picture, upload

SIZE = (64, 48)
ORIENTATION, LONG, RATIONAL, ASCII = 0x0112, 4, 5, 2


def tiff_block(*entries: tuple[int, int, int, bytes]) -> bytes:
    """An EXIF block whose entries (tag, type, count, four bytes) may say anything; nothing here checks them."""
    rows = b"".join(struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(entries)) + rows + bytes(4)


TURNED = (ORIENTATION, 3, 1, struct.pack("<HH", 6, 0))
# Each is readable, but Pillow cannot write it again, as it does when it turns a picture upright.
UNWRITABLE = {
    "a text where a number belongs": tiff_block((0x0100, ASCII, 4, b"abc\0"), TURNED),
    "a number where a text belongs": tiff_block((0x010F, LONG, 1, struct.pack("<I", 7)), TURNED),
    "a fraction where a text belongs": tiff_block((0x010F, RATIONAL, 1, struct.pack("<I", 26)), TURNED),
    "more than a number holds": tiff_block((0x0102, LONG, 1, b"\xff" * 4), TURNED),
    "an orientation that is a text": tiff_block((ORIENTATION, ASCII, 4, b"six\0")),
    "an orientation that does not exist": tiff_block((ORIENTATION, 3, 1, struct.pack("<HH", 99, 0))),
    "a directory at the end of the world": b"Exif\0\0II*\0\xff\xff\xff\xff",
    "no directory at all": b"Exif\0\0" + b"\xff" * 40,
}
NOWHERE = {
    "degrees divided by zero": ((0, 0), (0, 0), (0, 0)),
    "four thousand million degrees": ((2**32 - 1, 1), (0, 1), (0, 1)),
}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("case", UNWRITABLE)
def test_a_photo_whose_metadata_cannot_be_written_again_is_a_photo(visitor, case):
    response = send(visitor, foto=upload(picture(size=SIZE, exif=UNWRITABLE[case])))
    assert response.status_code == 302
    stored = Image.open(io.BytesIO(Photo.objects.get().image.read()))
    assert not stored.getexif()


@pytest.mark.parametrize("degrees", NOWHERE)
def test_a_photo_from_nowhere_does_not_decide_the_place(visitor, degrees):
    gps = {1: b"S", 2: NOWHERE[degrees], 3: b"E", 4: NOWHERE[degrees]}
    photo = upload(picture(exif=piexif.dump({"GPS": gps})))
    response = send(visitor, foto=photo, lon="", lat="")
    assert response.status_code == 422
    assert "Tunjukkan lokasinya" in response.content.decode()


def test_a_heic_that_claims_to_be_enormous_is_refused_in_words(visitor):
    heic = picture("HEIF", size=SIZE).replace(
        b"ispe" + bytes(4) + struct.pack(">I", 64), b"ispe" + bytes(4) + b"\x7f" * 4
    )
    assert b"\x7f" * 4 in heic
    response = send(visitor, foto=upload(heic))
    assert response.status_code == 422
    assert "foto.jpg" in response.content.decode()


KINDS = {
    "an animated WebP": lambda: picture("WEBP", save_all=True, append_images=[Image.new("RGB", SIZE)]),
    "an animated PNG": lambda: picture("PNG", save_all=True, append_images=[Image.new("RGB", SIZE)]),
    "a JPEG with a program in its comment": lambda: picture(comment=b"<?php system($_GET[0]);?>"),
    "a JPEG with a page behind it": lambda: picture() + b"<html><script>alert(1)</script>",
    "a JPEG with an archive behind it": lambda: picture() + b"PK\3\4",
    "a JPEG with a broken colour profile": lambda: picture(icc_profile=b"\xff" * 400),
    "a strip of a million by one": lambda: picture("PNG", size=(1_000_000, 1)),
}


@pytest.mark.parametrize("case", KINDS)
def test_only_pixels_are_kept(visitor, case):
    assert send(visitor, foto=upload(KINDS[case]())).status_code == 302
    kept = Photo.objects.get().image.read()
    assert kept.startswith(b"\xff\xd8")
    assert not [trace for trace in (b"<?php", b"<script", b"PK\3\4", b"ICC_PROFILE", b"Exif") if trace in kept]


OTHERS = {"GIF": {"save_all": True}, "BMP": {}, "TIFF": {}, "ICO": {}}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_kinds_of_pictures_are_refused_with_those_that_work(visitor, kind):
    response = send(visitor, foto=upload(picture(kind, **OTHERS[kind])))
    assert response.status_code == 422
    assert "JPEG, PNG, WebP, atau HEIC" in response.content.decode()
