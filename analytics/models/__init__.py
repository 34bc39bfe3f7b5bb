"""What analytics keeps beside the reports so that a page need not read them all; nothing of it is a source."""

from analytics.models.places import Place, PlaceChange

__all__ = ["Place", "PlaceChange"]
