"""Regions of a photo that nobody can recognise any more."""

import io
import math
from string import ascii_uppercase

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from geo_reports.photos.masking import MAX_MASKS, Kind, Mask, masked, read_masks, written
from tests.pictures import exif_bytes

SIZE = (800, 600)
PLATE = (240, 300, 560, 400)
ON_PLATE = Mask(240 / 800, 300 / 600, 320 / 800, 100 / 600, Kind.BLUR)
JPEG_NOISE = 14  # of 255; edges of text against the ground swing the most


def street(plate: str = "") -> Image.Image:
    """A picture with texture everywhere, and a white plate with dark letters that fill it."""
    across = np.tile(np.linspace(40, 220, SIZE[0]), (SIZE[1], 1))
    waves = 25 * np.sin(np.arange(SIZE[0]) / 9)[None, :] * np.cos(np.arange(SIZE[1]) / 7)[:, None]
    pixels = np.stack([across + waves, across[:, ::-1] + waves, np.full_like(across, 120)], axis=-1)
    picture = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    if plate:
        draw = ImageDraw.Draw(picture)
        draw.rectangle(PLATE, fill="white")
        draw.text((400, 350), plate, fill="black", anchor="mm", font=ImageFont.load_default(72))
    return picture


def as_jpeg(picture: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92, **options)
    return buffer.getvalue()


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB")).astype(int)


def part(values: np.ndarray, box: tuple[int, int, int, int], inset: int = 0) -> np.ndarray:
    left, top, right, bottom = box
    return values[top + inset : bottom - inset, left + inset : right - inset]


def test_what_is_covered_is_black_and_the_rest_is_as_it_was():
    before = as_jpeg(street("B 1234 XY"))
    after = pixels(masked(before, [Mask(0.3, 0.5, 0.4, 0.2, Kind.BLACK)]).image)
    box = (240, 300, 560, 420)
    assert part(after, box, inset=8).max() <= 3
    assert part(after, box).mean() < 5
    outside = np.ones(SIZE[::-1], bool)
    outside[300 - 16 : 420 + 16, 240 - 16 : 560 + 16] = False  # blocks of the encoder that touch the edge
    assert np.abs(after - pixels(before))[outside].max() <= JPEG_NOISE


def test_two_blurred_plates_cannot_be_told_apart_by_looking():
    plates = [as_jpeg(street(text)) for text in ("B 1234 XY", "F 8917 KW")]
    originals = [part(pixels(jpeg), PLATE) for jpeg in plates]
    blurred = [part(pixels(masked(jpeg, [ON_PLATE]).image), PLATE) for jpeg in plates]
    gaussian = [
        part(np.asarray(Image.open(io.BytesIO(jpeg)).filter(ImageFilter.GaussianBlur(6))).astype(int), PLATE)
        for jpeg in plates
    ]
    apart = [np.abs(first - second).mean() for first, second in (originals, gaussian, blurred)]
    assert apart[0] > 40
    assert apart[1] > 20, "an ordinary blur keeps two plates apart"
    assert apart[2] < 6
    assert np.abs(blurred[0] - blurred[1]).max() <= 24


def test_who_tries_every_plate_finds_many_that_fit():
    """The attack on finer pixelation: blur every guess and compare. With 12 blocks each plate has a look of its own."""
    chance, font, guesses = np.random.default_rng(1), ImageFont.load_default(72), 120
    looks = set()
    for number, first, second in zip(
        chance.integers(1000, 10_000, guesses), *chance.choice(list(ascii_uppercase), (2, guesses)), strict=True
    ):
        picture = Image.new("RGB", (320, 100), "white")
        ImageDraw.Draw(picture).text((160, 50), f"B {number} {first}{second}", fill="black", anchor="mm", font=font)
        looks.add(masked(as_jpeg(picture), [Mask(0, 0, 1, 1, Kind.BLUR)]).image)
    assert len(looks) < guesses / 5


def test_a_blurred_region_keeps_its_colours_and_has_no_edges_left():
    before, after = pixels(as_jpeg(street("B 1234 XY"))), pixels(masked(as_jpeg(street("B 1234 XY")), [ON_PLATE]).image)
    assert np.abs(part(before, PLATE).mean((0, 1)) - part(after, PLATE).mean((0, 1))).max() < 16
    steps = [np.abs(np.diff(part(values, PLATE, inset=8).mean(2), axis=1)).max() for values in (before, after)]
    assert steps[0] > 100
    assert steps[1] < 6


def test_the_thumbnail_is_covered_too():
    clean = masked(as_jpeg(street("B 1234 XY")), [Mask(0.25, 0.5, 0.5, 0.25, Kind.BLACK)])
    small = pixels(clean.thumbnail)
    assert small.shape[:2] == (480, 640)
    assert part(small, (160, 240, 480, 360), inset=8).max() <= 6
    assert (clean.width, clean.height) == SIZE


def test_no_metadata_comes_out_even_if_some_came_in():
    clean = masked(as_jpeg(street(), exif=exif_bytes(106.7, -6.3)), [ON_PLATE])
    for data in (clean.image, clean.thumbnail):
        assert b"Budi" not in data
        assert b"Exif" not in data


def test_regions_lie_on_top_of_each_other_in_their_order():
    both = [Mask(0, 0, 1, 1, Kind.BLUR), Mask(0.4, 0.4, 0.2, 0.2, Kind.BLACK)]
    assert pixels(masked(as_jpeg(street()), both).image)[300, 400].max() <= 3
    assert pixels(masked(as_jpeg(street()), both[::-1]).image)[300, 400].max() > 30


@pytest.mark.parametrize(
    ("x", "y", "width", "height"),
    [
        (0.1, 0.1, 0, 0.2),
        (0.1, 0.1, 0.2, 0),
        (0.5, 0.5, -0.2, 0.2),
        (0.5, 0.5, 0.2, -0.2),
        (1, 0, 0.5, 0.5),
        (0, 1.5, 0.5, 0.5),
        (-0.5, 0, 0.5, 0.5),
        (0, -2, 0.5, 0.5),
        (math.nan, 0, 1, 1),
        (0, 0, math.inf, 1),
    ],
)
def test_a_rectangle_that_covers_nothing_is_refused_with_a_sentence(x, y, width, height):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        Mask(x, y, width, height, Kind.BLACK)


@pytest.mark.parametrize("number", [0, MAX_MASKS + 1])
def test_no_region_and_too_many_regions_are_refused_with_a_sentence(number):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        masked(as_jpeg(street()), [ON_PLATE] * number)
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        read_masks(written([ON_PLATE] * number))


shares = st.floats(-3, 3)
sides = st.integers(1, 4000)


def mask_or_none(*numbers: float) -> Mask | None:
    try:
        return Mask(*numbers, Kind.BLACK)
    except ValueError:
        return None


@given(shares, shares, shares, shares, sides, sides)
def test_every_accepted_rectangle_covers_whole_pixels_inside_the_picture(x, y, width, height, across, down):
    mask = mask_or_none(x, y, width, height)
    if mask is None:
        return
    left, top, right, bottom = mask.box(across, down)
    assert 0 <= left < right <= across
    assert 0 <= top < bottom <= down
    # Nothing that was asked for stays in sight.
    assert left <= max(x, 0) * across
    assert right >= min(x + width, 1) * across - 1e-6
    assert top <= max(y, 0) * down
    assert bottom >= min(y + height, 1) * down - 1e-6


masks = st.lists(
    st.builds(Mask, *[st.floats(0, 0.99)] * 2, *[st.floats(0.01, 1)] * 2, kind=st.sampled_from(Kind)),
    min_size=1,
    max_size=MAX_MASKS,
)


@given(masks)
def test_written_masks_are_read_as_they_were(some):
    assert read_masks(written(some)) == some


@given(masks)
def test_any_masks_on_any_small_picture_give_a_picture_of_the_same_size(some):
    clean = masked(as_jpeg(Image.new("RGB", (7, 5), "red")), some)
    assert pixels(clean.image).shape == (5, 7, 3)


@pytest.mark.parametrize(
    "rows",
    [
        None,
        "naga",
        {"x": 0},
        [1],
        [None],
        [{}],
        [{"x": "0", "y": 0, "width": 1, "height": 1, "kind": "blur"}],
        [{"x": True, "y": 0, "width": 1, "height": 1, "kind": "blur"}],
        [{"x": 10**400, "y": 0, "width": 1, "height": 1, "kind": "blur"}],
        [{"x": 0, "y": 0, "width": 1, "height": 1, "kind": "naga"}],
        [{"x": 0, "y": 0, "width": 1, "height": 1}],
    ],
)
def test_what_is_no_list_of_masks_is_refused_with_a_sentence(rows):
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        read_masks(rows)
