"""For one filter at one moment: tiles, cells, areas, months, list, analytics and download count the same reports."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_reports.models import Report
from geo_reports.workflow import Status
from maps.grid import folding
from tests.maps.tile_reading import total as tile_total


def lists(*values: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(",".join)


filters = st.fixed_dictionaries(
    {},
    optional={
        "kategori": lists("pothole", "garbage", "social"),
        "status": lists("open", "closed", "overdue", *Status.values),
        "skpd": lists("roads", "clean", "east"),
        "kecamatan": lists("99.01", "99.02"),
        "kelurahan": lists("99.01.1001", "99.02.1002"),
        "dari": st.sampled_from(["2025-02-01", "2025-03-01", "2025-03-12", "2025-03-13"]),
        "sampai": st.sampled_from(["2025-03-12", "2025-03-13", "2025-03-31", "2025-05-02"]),
        "q": st.sampled_from(["lubang", "Kutip", "lubang%", "ada 'apa", "KC-AAAAAA"]),
    },
).filter(lambda query: query.get("dari", "") <= query.get("sampai", "9"))


@pytest.fixture
def busy_town(town):
    """Some reports overdue, some older; half of what happened is folded."""
    east, *_others = town.public
    Report.objects.filter(pk=east.pk).update(due_on="2025-03-20")
    Report.objects.filter(pk=town.pending.pk).update(due_on="2025-04-02", submitted_at="2025-02-02T05:00:00Z")
    Report.objects.filter(pk=town.sensitive.pk).update(due_on="2999-01-01", submitted_at="2024-12-02T05:00:00Z")
    folding.fold(8)
    return town


@settings(max_examples=40)
@given(filters, st.integers(0, 22))
def test_for_any_filter(busy_town, query, zoom):
    client = Client()
    features = json.loads(client.get(reverse("maps:export"), query).getvalue())["features"]
    total, located = len(features), sum(1 for feature in features if feature["geometry"])
    page = client.get(reverse("home"), query | {"bagian": "daftar"}).content.decode()
    assert int(re.search(r'data-total="(\d+)"', page).group(1)) == total
    for level in ("kecamatan", "kelurahan"):
        body = client.get(reverse("maps:measures"), query | {"level": level}).json()
        totals = body["totals"]
        assert totals["total"] == total
        assert sum(area["total"] for area in body["areas"]) + totals["without_location"] + totals["outside"] == total
        assert located + totals["without_point"] == total
    assert tile_total(client, zoom, query) == located
    assert client.get(reverse("maps:cell"), query | {"sel": "0/0/0"}).json()["jumlah"] == located
    if not {"dari", "sampai"} & set(query):
        months = client.get(reverse("maps:history"), query).json()["bulan"]
        assert sum(month["jumlah"] for month in months) == total
    listed = client.get(reverse("reports:list"), query)
    assert listed.context["totals"]["all"] == total
    analysed = client.get(reverse("analytics:overview"), query)
    assert analysed.context["total"].n == total
