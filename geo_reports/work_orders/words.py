"""The fixed words of the form, in one language. Those with `%` are filled in by whoever prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Handed over from outside, because the sheets know no Django and so no translations."""

    language: str
    title: str
    count: str
    printed: str
    page: str
    confidential: str
    confidential_note: str
    way_note: str
    map_note: str
    no_map: str
    without_point: str
    north: str
    number: str
    code: str
    category: str
    place: str
    due: str
    overdue: str
    problem: str
    no_place: str
    no_point: str
    coordinates: str
    scan: str
    broken_photo: str
    done_on: str
    done_by: str
    note: str
    photo_after: str
    yes: str
    no: str
