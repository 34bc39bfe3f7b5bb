"""Simple drawn street scenes that stand in for photos in the demo data.

No randomness. A scene is drawn on a canvas of 100 x 75 units.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PIL import Image

from geo_reports.demo.canvas import DAY, DUSK, HEIGHT, HORIZON, NIGHT, RAIN, WHITE, WIDTH, Canvas, Light, mixed

ROOF, WINDOW, DARK, LINE = (176, 92, 72), (110, 140, 160), (44, 44, 50), (238, 232, 214)
MUD, WATER, METAL, BAG, RED, YELLOW = (
    (104, 84, 64),
    (136, 152, 146),
    (128, 134, 142),
    (56, 60, 70),
    (200, 66, 58),
    (240, 190, 70),
)


def street(canvas: Canvas) -> None:
    """Sky, a row of houses and shops, and a road that runs away from us."""
    light = canvas.light
    for step in range(HORIZON):
        mix = step / HORIZON
        canvas.box(0, step, WIDTH, 1.1, mixed(light.sky_top, light.sky_low, mix))
    canvas.box(0, HORIZON, WIDTH, HEIGHT - HORIZON, light.ground)
    for x, top, width, wall in ((-2, 20, 24, 0), (24, 25, 17, 1), (60, 24, 18, 2), (80, 17, 23, 0)):
        canvas.box(x, top, width, HORIZON - top + 3, light.walls[wall])
        canvas.shape([(x - 1.5, top), (x + width / 2, top - 6), (x + width + 1.5, top)], mixed(ROOF, light.road, 0.25))
        for number in range(int(width // 6)):
            canvas.box(x + 2 + number * 6, top + 5, 3.4, 4.6, mixed(WINDOW, light.road, 0.35))
    canvas.shape([(46, HORIZON), (54, HORIZON), (92, HEIGHT), (8, HEIGHT)], light.road)
    for near, far in ((75, 66), (61, 55.5), (52.5, 49), (47, 45)):
        wide, narrow = (near - 38) / 26, (far - 38) / 26
        canvas.shape(
            [(50 - narrow, far), (50 + narrow, far), (50 + wide, near), (50 - wide, near)],
            mixed(LINE, light.road, 0.3),
        )


def tree(canvas: Canvas, x: float, foot: float, size: float, lean: float = 0) -> None:
    """A round tree; `lean` shifts the crown sideways."""
    leaf = canvas.light.leaf
    canvas.shape(
        [
            (x - size * 0.1, foot),
            (x + size * 0.1, foot),
            (x + lean + size * 0.06, foot - size),
            (x + lean - size * 0.06, foot - size),
        ],
        (102, 80, 62),
    )
    for across, up, radius in ((-0.42, 1.0, 0.46), (0.42, 1.05, 0.44), (0, 1.4, 0.56), (0, 1.0, 0.5)):
        canvas.disc(x + lean + across * size, foot - up * size, radius * size, radius * size * 0.9, leaf)
    canvas.disc(x + lean - 0.12 * size, foot - 1.5 * size, 0.26 * size, 0.2 * size, mixed(leaf, WHITE, 0.14))


def lamp(canvas: Canvas, x: float, *, lit: bool) -> None:
    """A street lamp over the road."""
    canvas.line([(x, 62), (x, 12), (x + 3, 9), (x + 13, 9)], METAL, 0.9)
    canvas.box(x + 10, 8.6, 7, 2, YELLOW if lit else (84, 88, 98), 0.8)
    if lit:
        canvas.shape([(x + 10, 10.6), (x + 17, 10.6), (x + 34, 66), (x - 8, 66)], (250, 220, 140, 60))


def poles(canvas: Canvas) -> None:
    """Two poles with sagging cables, one of them leaning."""
    canvas.line([(16, 66), (20, 6)], METAL, 1.4)
    canvas.line([(78, 58), (78, 12)], METAL, 1.2)
    for drop, end in ((8, 14), (14, 17), (20, 20), (34, 22)):
        canvas.line(
            [(20, end - 6), (36, end + drop * 0.5), (52, end + drop * 0.75), (66, end + drop * 0.4), (78, end)],
            DARK,
            0.45,
        )
    canvas.line([(20, 12), (24, 30), (22, 44), (27, 50), (24, 56)], DARK, 0.5)


def potholes(canvas: Canvas) -> None:
    """Three holes with water in the largest."""
    for x, y, across, down in ((44, 62, 11, 3.6), (62, 54, 5, 1.5), (52, 48, 2.6, 0.8)):
        canvas.disc(x, y, across * 1.2, down * 1.25, mixed(canvas.light.road, DARK, 0.35))
        canvas.disc(x + 0.4, y + 0.3, across, down, MUD)
        canvas.disc(x + 1, y + 0.7, across * 0.66, down * 0.6, WATER)


def patch(canvas: Canvas) -> None:
    """Fresh asphalt where a hole was, with two cones."""
    canvas.shape([(32, 66), (30, 58), (44, 54.5), (60, 57), (59, 65)], (58, 60, 66))
    cone(canvas, 26, 64)
    cone(canvas, 66, 64)


def cone(canvas: Canvas, x: float, foot: float) -> None:
    """A traffic cone."""
    canvas.shape([(x - 2.2, foot), (x + 2.2, foot), (x + 0.5, foot - 6), (x - 0.5, foot - 6)], (230, 110, 50))
    canvas.shape([(x - 1.5, foot - 2), (x + 1.5, foot - 2), (x + 1.1, foot - 3.4), (x - 1.1, foot - 3.4)], WHITE)


def heap(canvas: Canvas) -> None:
    """Bags and boxes at the roadside."""
    for x, y, size, fill in (
        (14, 60, 6, BAG),
        (24, 62, 7, (86, 92, 98)),
        (34, 61, 5.4, BAG),
        (19, 53, 5.6, (70, 92, 120)),
        (29, 54, 5.6, (52, 54, 60)),
    ):
        canvas.disc(x, y, size, size * 0.8, fill)
        canvas.shape([(x - 1.2, y - size * 0.7), (x + 1.2, y - size * 0.7), (x, y - size * 1.05)], fill)
        canvas.disc(x - size * 0.3, y - size * 0.3, size * 0.24, size * 0.14, (255, 255, 255, 60))
    canvas.box(38, 58, 8, 6, (186, 148, 104))
    canvas.line([(38, 60.4), (46, 60.4)], (150, 116, 80), 0.4)
    for left, top, litter in ((8, 66, WHITE), (42, 66, RED), (50, 64, (90, 150, 190)), (30, 66.4, YELLOW)):
        canvas.box(left, top, 2.6, 1.2, litter, 0.4)


def queue(canvas: Canvas) -> None:
    """Cars nose to tail on both lanes."""
    rows = (
        (43.2, 42.6, 3.2),
        (41.6, 46.4, 4.6),
        (38.6, 52, 6.8),
        (33.5, 60, 10),
        (53.4, 43, 3.2),
        (55, 47.4, 4.8),
        (58.6, 54, 7.4),
        (65, 63, 10.6),
    )
    colours = (RED, METAL, WHITE, (60, 90, 140), WHITE, (70, 72, 80), RED, METAL)
    for (x, y, size), fill in zip(rows, colours, strict=True):
        canvas.box(x - size / 2, y - size * 0.2, size, size * 0.56, fill, size * 0.12)
        canvas.shape(
            [
                (x - size * 0.4, y - size * 0.18),
                (x - size * 0.3, y - size * 0.56),
                (x + size * 0.3, y - size * 0.56),
                (x + size * 0.4, y - size * 0.18),
            ],
            mixed(fill, DARK, 0.2),
        )
        canvas.box(x - size * 0.27, y - size * 0.5, size * 0.54, size * 0.27, WINDOW, size * 0.05)
        for side in (-0.38, 0.26):
            canvas.box(x + size * side, y, size * 0.13, size * 0.1, (250, 120, 96), size * 0.03)
            canvas.box(x + size * side, y + size * 0.3, size * 0.13, size * 0.13, DARK)


def flood(canvas: Canvas) -> None:
    """Brown water over the road, with rain."""
    canvas.shape([(0, 50), (100, 47), (100, 75), (0, 75)], (134, 124, 104, 235))
    for x, y, width in ((8, 54, 22), (44, 58, 30), (70, 52, 20), (20, 63, 26), (60, 64, 30)):
        canvas.line([(x, y), (x + width / 2, y - 0.6), (x + width, y)], (170, 162, 144), 0.5)
    for number in range(46):
        x, y = (number * 53) % 103, (number * number * 7) % 61
        canvas.line([(x, y), (x - 1, y + 4)], (214, 222, 228), 0.2)


def pavement(canvas: Canvas) -> None:
    """A sidewalk with missing tiles."""
    canvas.shape([(0, 56), (30, 46), (34, 46), (22, 75), (0, 75)], (196, 190, 178))
    for x, y, size in ((9, 64, 5), (17, 58, 3.6), (14, 71, 6)):
        canvas.shape([(x - size, y), (x, y - size * 0.5), (x + size, y), (x, y + size * 0.5)], MUD)
    for x, y in ((6, 60), (20, 66), (24, 55)):
        canvas.shape([(x - 3, y), (x, y - 1.4), (x + 3, y), (x, y + 1.4)], (214, 186, 112))


def hoarding(canvas: Canvas) -> None:
    """A torn billboard on two posts."""
    canvas.line([(20, 62), (20, 16)], METAL, 1.2)
    canvas.line([(46, 60), (46, 14)], METAL, 1.2)
    canvas.shape([(14, 12), (52, 8), (53, 30), (15, 34)], (222, 226, 230))
    canvas.shape([(14, 12), (30, 10.3), (24, 32.6), (15, 34)], (86, 140, 170))
    canvas.shape([(53, 30), (52, 20), (44, 31)], canvas.light.sky_low)
    canvas.line([(30, 17), (46, 15.4)], (150, 156, 162), 1.2)
    canvas.line([(30, 22), (42, 20.8)], (180, 186, 190), 1.0)


def board(canvas: Canvas) -> None:
    """A plain information board: for everything without a picture of its own."""
    canvas.line([(18, 64), (18, 30)], METAL, 1)
    canvas.line([(38, 63), (38, 29)], METAL, 1)
    canvas.box(14, 24, 28, 16, (66, 112, 104), 1)
    canvas.line([(18, 29), (38, 29)], WHITE, 0.9)
    canvas.line([(18, 33), (34, 33)], (190, 214, 208), 0.7)


Part = Callable[[Canvas], None]
_side_tree: Part = partial(tree, x=88, foot=60, size=13)
_lit, _dark = partial(lamp, x=20, lit=True), partial(lamp, x=20, lit=False)

# Name of the scene -> light and what is drawn over the street.
SCENES: Mapping[str, tuple[Light, Sequence[Part]]] = {
    "pothole-day": (DAY, (_side_tree, potholes)),
    "pothole-rain": (RAIN, (_side_tree, potholes)),
    "lamp-night": (NIGHT, (_side_tree, _dark)),
    "lamp-dusk": (DUSK, (_dark,)),
    "garbage-day": (DAY, (_side_tree, heap)),
    "garbage-dusk": (DUSK, (heap,)),
    "traffic-day": (DAY, (_side_tree, queue)),
    "traffic-dusk": (DUSK, (queue,)),
    "drain-rain": (RAIN, (_side_tree, flood)),
    "tree-day": (DAY, (partial(tree, x=24, foot=66, size=24, lean=12),)),
    "cable-day": (DAY, (_side_tree, poles)),
    "sidewalk-day": (DAY, (_side_tree, pavement)),
    "billboard-dusk": (DUSK, (_side_tree, hoarding)),
    "other-day": (DAY, (_side_tree, board)),
    "fixed-road": (DAY, (_side_tree, patch)),
    "fixed-lamp": (NIGHT, (_side_tree, _lit)),
    "fixed-street": (DAY, (_side_tree, partial(tree, x=14, foot=62, size=11))),
}


def draw(name: str) -> Image.Image:
    """The scene of this name. Raises KeyError for an unknown one."""
    light, parts = SCENES[name]
    canvas = Canvas(light)
    street(canvas)
    for part in parts:
        part(canvas)
    return canvas.finished()
