"""Photos from strangers."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from geo_reports.photos.cleaning import MAX_BYTES, BadPhoto, clean_photo, photo_place
from tests.pictures import exif_bytes, phone_photo, picture, pixel_bomb, upload


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_phone_format_becomes_a_jpeg(fmt):
    clean = clean_photo(upload(picture(fmt)))
    assert opened(clean.image).format == opened(clean.thumbnail).format == "JPEG"
    assert (clean.width, clean.height) == (64, 48)


def test_nothing_of_the_metadata_survives():
    original = phone_photo(106.7, -6.3)
    assert b"Budi Rahasia" in original
    clean = clean_photo(upload(original))
    for data in (clean.image, clean.thumbnail):
        assert b"Budi" not in data
        assert b"TelponKu" not in data
        assert b"Exif" not in data
        assert not opened(data).getexif()
        assert set(opened(data).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_a_png_text_chunk_does_not_survive():
    note = PngInfo()
    note.add_text("Comment", "alamat rumah saya")
    assert b"alamat rumah" not in clean_photo(upload(picture("PNG", pnginfo=note))).image


def test_a_photo_taken_sideways_is_turned_upright():
    clean = clean_photo(upload(phone_photo(106.7, -6.3, orientation=6)))
    image = opened(clean.image)
    assert image.size == (48, 64)
    red, blue = image.getpixel((24, 8)), image.getpixel((24, 56))
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]


def test_a_large_photo_is_made_to_fit():
    clean = clean_photo(upload(picture(size=(4000, 3000))))
    assert opened(clean.image).size == (2048, 1536)
    assert max(opened(clean.thumbnail).size) == 640


def test_transparency_becomes_white_paper():
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(buffer, "PNG")
    assert opened(clean_photo(upload(buffer.getvalue())).image).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"halo, ini bukan foto", "bukan foto yang dapat dibaca"),
        (b"", "bukan foto yang dapat dibaca"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto yang dapat dibaca"),
        (b"%PDF-1.7", "bukan foto yang dapat dibaca"),
        (picture(size=(400, 300))[:900], "rusak atau terpotong"),
        (picture("PNG", size=(400, 300))[:300], "rusak atau terpotong"),
        (pixel_bomb(50_000), "terlalu besar"),
        (pixel_bomb(9_000), "terlalu besar"),
    ],
    ids=["text", "empty", "svg", "pdf", "cut jpeg", "cut png", "bomb", "bomb below Pillow's own limit"],
)
def test_what_is_no_usable_photo_gets_a_sentence(content, sentence):
    with pytest.raises(BadPhoto, match=sentence):
        clean_photo(upload(content))


def test_a_file_over_the_limit_is_not_even_opened():
    big = upload(b"x")
    big.size = MAX_BYTES + 1
    with pytest.raises(BadPhoto, match="15 MB"):
        clean_photo(big)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's remarks on damaged metadata
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "HEIF"]), st.binary(max_size=300), st.integers(0, 900))
def test_damage_anywhere_in_a_file_never_escapes_as_another_error(fmt, junk, at):
    data = bytearray(picture(fmt, size=(40, 30), exif=exif_bytes(106.7, -6.3)))
    data[at : at + len(junk)] = junk
    with contextlib.suppress(BadPhoto):
        photo_place(upload(bytes(data)))
        assert clean_photo(upload(bytes(data))).width > 0


@given(lon=st.floats(-179, 179), lat=st.floats(-89, 89))
def test_the_cameras_position_is_read_to_a_metre(lon, lat):
    place = photo_place(upload(phone_photo(lon, lat)))
    if (round(lon, 5), round(lat, 5)) != (0, 0):
        assert place.lon == pytest.approx(lon, abs=1e-5)
        assert place.lat == pytest.approx(lat, abs=1e-5)


def test_heic_carries_its_position_too():
    place = photo_place(upload(picture("HEIF", exif=exif_bytes(106.7, -6.3))))
    assert (round(place.lon, 4), round(place.lat, 4)) == (106.7, -6.3)


@pytest.mark.parametrize("content", [picture(), picture("PNG"), phone_photo(0, 0)], ids=["jpeg", "png", "null island"])
def test_without_a_sensible_position_there_is_none(content):
    assert photo_place(upload(content)) is None
