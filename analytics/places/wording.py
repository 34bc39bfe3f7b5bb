"""How densities are called, and the names of what is counted, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.hotspots import Density
from geo_reports.models import Agency, Category, Kelurahan
from geo_reports.templatetags.look import category_label

LABELS: Final[Mapping[Density, Promise]] = {
    Density.VERY_DENSE: _("sangat padat"),
    Density.DENSE: _("padat"),
    Density.USUAL: _("biasa"),
    Density.SPARSE: _("jarang"),
    Density.VERY_SPARSE: _("sangat jarang"),
    Density.UNJUDGED: _("tidak dinilai"),
}
CERTAIN: Final[Mapping[Density, str]] = {
    Density.VERY_DENSE: "99%",
    Density.DENSE: "95%",
    Density.SPARSE: "95%",
    Density.VERY_SPARSE: "99%",
}
MOST_NAMED: Final = 2


@dataclass(frozen=True, eq=False)
class Names:
    """Codes and slugs of the city's areas, agencies and categories -> how people call them."""

    kelurahan: Mapping[str, Kelurahan]
    agencies: Mapping[str, str]
    categories: Mapping[str, str]

    def cell(self, codes: tuple[str, ...]) -> str:
        """A hexagon by the kelurahan that most of it lies in."""
        return " / ".join(self.kelurahan[code].name for code in codes[:MOST_NAMED] if code in self.kelurahan)


def names() -> Names:
    """Three queries."""
    return Names(
        {area.code: area for area in Kelurahan.objects.select_related("kecamatan")},
        {agency.slug: agency.short_name for agency in Agency.objects.all()},
        {category.slug: category_label(category) for category in Category.objects.all()},
    )
