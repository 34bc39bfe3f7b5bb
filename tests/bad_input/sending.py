"""The report form as a browser sends it, with some of it replaced."""

import uuid

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

GOOD = {
    "kategori": "pothole",
    "uraian": "Lubang besar di tikungan dekat musala",
    "lon": "10.015",
    "lat": "0.005",
    "nama": "Siti",
    "kontak": "siti@example.org",
}


def send(visitor: Client, *, headers: dict[str, str] | None = None, **changes: object) -> HttpResponse:
    """Post the good form with `changes`."""
    return visitor.post(reverse("reports:new"), form_data(changes), headers=headers or {})


def send_as_script(visitor: Client, **changes: object) -> HttpResponse:
    """The same as the page's script does it."""
    return send(visitor, headers={"accept": "application/json"}, **changes)


def form_data(changes: dict[str, object]) -> dict[str, object]:
    """The good form with some fields replaced; files are made anew, None leaves a field out."""
    data = GOOD | {"submission_id": str(uuid.uuid4())} | changes
    return {key: value() if callable(value) else value for key, value in data.items() if value is not None}
