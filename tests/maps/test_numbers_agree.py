"""For one filter at one moment: map, areas, list and download count the same reports."""

import json
import re

from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports.workflow import Status

WORLD = {"bbox": "-180,-90,180,90", "zoom": "9"}


def lists(*values: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(",".join)


filters = st.fixed_dictionaries(
    {},
    optional={
        "kategori": lists("pothole", "garbage", "social"),
        "status": lists("open", "closed", *Status.values),
        "skpd": lists("roads", "clean", "east"),
        "kecamatan": lists("99.01", "99.02"),
        "kelurahan": lists("99.01.1001", "99.02.1002"),
        "dari": st.sampled_from(["2025-03-01", "2025-03-12", "2025-03-13"]),
        "sampai": st.sampled_from(["2025-03-12", "2025-03-13"]),
        "q": st.sampled_from(["lubang", "Kutip", "%", "'", "KC-"]),
    },
)


@settings(max_examples=40)
@given(filters)
def test_for_any_filter(town, query):
    if query.get("dari", "") > query.get("sampai", "9"):
        return
    client = Client()
    features = json.loads(client.get(reverse("maps:export"), query).getvalue())["features"]
    cells = json.loads(client.get(reverse("maps:clusters"), query | WORLD).content)
    page = client.get(reverse("home"), query | {"bagian": "daftar"}).content.decode()
    total = len(features)
    assert int(re.search(r'data-total="(\d+)"', page).group(1)) == total
    for level in ("kecamatan", "kelurahan"):
        body = client.get(reverse("maps:measures"), query | {"level": level}).json()
        totals = body["totals"]
        assert totals["total"] == total
        assert sum(area["total"] for area in body["areas"]) + totals["without_location"] + totals["outside"] == total
        assert cells["total"] + totals["without_point"] == total
    assert sum(1 for feature in features if feature["geometry"]) == cells["total"]
