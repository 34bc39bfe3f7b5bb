"""A drawing surface for the demo pictures, with the label that says they are no photos. Pure Pillow."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 100, 75
LABEL = "FOTO CONTOH"
HORIZON = 40
# Drawn larger and scaled down, for smooth edges.
OVERSAMPLING = 1.5
SIZE = (1280, 960)

Colour = tuple[int, int, int]
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Light:
    """The colours of a time of day: sky from top to horizon, ground, road, walls, and leaves."""

    sky_top: Colour
    sky_low: Colour
    ground: Colour
    road: Colour
    walls: tuple[Colour, Colour, Colour]
    leaf: Colour


WHITE: Colour = (250, 250, 248)


DAY = Light(
    (142, 196, 232),
    (226, 240, 244),
    (150, 176, 118),
    (116, 118, 124),
    ((232, 214, 186), (214, 178, 150), (236, 228, 214)),
    (76, 134, 84),
)
DUSK = Light(
    (94, 108, 156),
    (244, 196, 160),
    (122, 128, 96),
    (96, 96, 108),
    ((196, 160, 146), (170, 136, 132), (206, 182, 164)),
    (64, 98, 76),
)
RAIN = Light(
    (128, 140, 152),
    (194, 202, 208),
    (120, 138, 110),
    (92, 98, 106),
    ((188, 182, 172), (166, 154, 146), (200, 198, 192)),
    (66, 104, 78),
)
NIGHT = Light(
    (16, 22, 46), (44, 54, 88), (36, 44, 44), (40, 42, 54), ((62, 62, 82), (52, 50, 70), (74, 72, 90)), (30, 48, 46)
)


class Canvas:
    """Draws in units of a hundredth of the width."""

    def __init__(self, light: Light) -> None:
        self.light = light
        self.scale = SIZE[0] * OVERSAMPLING / WIDTH
        size = (round(SIZE[0] * OVERSAMPLING), round(SIZE[1] * OVERSAMPLING))
        self.image = Image.new("RGB", size, light.sky_low)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0) -> None:
        """A rectangle from its upper left corner."""
        corners = (x * self.scale, y * self.scale, (x + width) * self.scale, (y + height) * self.scale)
        self.pen.rounded_rectangle(corners, radius * self.scale, fill)

    def disc(self, x: float, y: float, across: float, down: float, fill: Colour | tuple[int, int, int, int]) -> None:
        """An ellipse around its middle, by half axes."""
        corners = (
            (x - across) * self.scale,
            (y - down) * self.scale,
            (x + across) * self.scale,
            (y + down) * self.scale,
        )
        self.pen.ellipse(corners, fill)

    def shape(self, points: Points, fill: Colour | tuple[int, int, int, int]) -> None:
        """A filled polygon."""
        self.pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill)

    def line(self, points: Points, fill: Colour, width: float = 0.5) -> None:
        """A line through points."""
        self.pen.line([(x * self.scale, y * self.scale) for x, y in points], fill, round(width * self.scale), "curve")

    def finished(self) -> Image.Image:
        """The picture at its final size, with the label that says it is no photo."""
        # In the upper middle, where no list or map crops it away.
        font = ImageFont.load_default(3.6 * self.scale)
        left, top, right, bottom = ((WIDTH / 2 - 16), 11.0, (WIDTH / 2 + 16), 17.4)
        corners = (left * self.scale, top * self.scale, right * self.scale, bottom * self.scale)
        self.pen.rounded_rectangle(corners, 3 * self.scale, (20, 24, 34, 170))
        middle = (self.image.width / 2, (top + bottom) / 2 * self.scale)
        self.pen.text(middle, LABEL, WHITE, font, anchor="mm")
        return self.image.resize(SIZE, Image.Resampling.LANCZOS)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two, `share` of the way to the other."""
    blend = tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return blend[0], blend[1], blend[2]
