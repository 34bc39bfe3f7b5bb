"""The filter of every public list, map, export and chart: typed, immutable, with one spelling.

Pure: knows neither the request nor the database. `forms.FilterForm` makes one from a query
string, `ReportQuerySet.matching` applies it, `query` writes it back into an address.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode


@dataclass(frozen=True)
class ReportFilters:
    """Empty means "no restriction". Dates are inclusive days in the city's time zone.

    `status` holds status slugs, or the groups `open`, `overdue` and `closed`.
    """

    kategori: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    skpd: tuple[str, ...] = ()
    kecamatan: tuple[str, ...] = ()
    kelurahan: tuple[str, ...] = ()
    dari: date | None = None
    sampai: date | None = None
    q: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered out."""
        return self == ReportFilters()

    def query(self, **replaced: str) -> str:
        """The query string of this filter, without "?"; `replaced` parameters win or are added."""
        parts: dict[str, str] = {
            "kategori": ",".join(self.kategori),
            "status": ",".join(self.status),
            "skpd": ",".join(self.skpd),
            "kecamatan": ",".join(self.kecamatan),
            "kelurahan": ",".join(self.kelurahan),
            "dari": self.dari.isoformat() if self.dari else "",
            "sampai": self.sampai.isoformat() if self.sampai else "",
            "q": self.q,
        }
        return urlencode({key: value for key, value in (parts | replaced).items() if value}, safe=",")
