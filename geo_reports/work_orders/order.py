"""What stands on a work order, as plain values. Knows neither the database nor the paper.

There is no field for a reporter's name or contact: what is not here cannot be printed.
"""

from dataclasses import dataclass

Spot = tuple[float, float]
Ring = tuple[Spot, ...]


@dataclass(frozen=True)
class Stop:
    """One report to visit. `spot` is in metres of the city's own system, `lon` and `lat` in WGS 84 degrees.

    `photos` are names in the photo storage; `qr` is what the QR code says, empty for none.
    """

    code: str
    category: str
    status: str
    kelurahan: str
    address: str = ""
    text: str = ""
    due: str = ""
    due_step: str = ""
    is_overdue: bool = False
    is_confidential: bool = False
    lon: float | None = None
    lat: float | None = None
    spot: Spot | None = None
    photos: tuple[str, ...] = ()
    qr: str = ""


@dataclass(frozen=True)
class Window:
    """A rectangle on the ground, in metres of the city's own system."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width_m(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height_m(self) -> float:
        """From south to north."""
        return self.north - self.south


@dataclass(frozen=True)
class Area:
    """A kelurahan or kecamatan as far as it lies in the window; `label` is where its name may stand."""

    name: str
    rings: tuple[Ring, ...]
    label: Spot


@dataclass(frozen=True)
class Ground:
    """What the map shows below the numbers."""

    window: Window
    kelurahan: tuple[Area, ...] = ()
    kecamatan: tuple[Area, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Order:
    """One work order: its stops stand in the order of the way. No `ground` where no stop has a point."""

    agency: str
    printed_at: str
    printed_by: str
    stops: tuple[Stop, ...]
    ground: Ground | None = None
