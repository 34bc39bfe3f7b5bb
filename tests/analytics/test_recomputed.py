"""What the pages say equals what anybody computes from the exported file with pandas and lifelines."""

import csv
from io import StringIO

import pandas as pd
import pytest
from django.urls import reverse
from django.utils import timezone
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

from analytics.timing import folding
from geo_reports.models import Report
from tests.analytics.conftest import NOW
from tests.analytics.scattering import lately, scattered

ZONE = "Asia/Jakarta"
MOMENTS = ["dikirim", "diteruskan", "ditutup", "mulai", "berakhir", "tanggapan", "selesai", "dikonfirmasi"]
CLOSED = {"done", "confirmed", "merged", "not_ours", "declined", "archived"}
FEW = 10


def exported(client, query: str = "") -> pd.DataFrame:
    """The file, as a notebook reads it."""
    body = b"".join(client.get(reverse("analytics:spells") + query).streaming_content).decode()
    frame = pd.read_csv(StringIO(body), dtype=str, keep_default_na=False)
    for column in MOMENTS:
        frame[column] = pd.to_datetime(frame[column].replace("", None), utc=True)
    return frame


def followed(frame: pd.DataFrame) -> pd.DataFrame:
    """Spells whose clock has begun: from the later of coming to the SKPD and being forwarded, until it was stopped."""
    rows = frame[(frame["penugasan"] != "") & frame["diteruskan"].notna()]
    rows = rows[rows["berakhir"].isna() | (rows["berakhir"] > rows["diteruskan"])].copy()
    rows["begin"] = rows[["mulai", "diteruskan"]].max(axis=1)
    closed = rows["ditutup"].where(rows["status"].isin(CLOSED))
    rows["stop"] = pd.concat([rows["berakhir"], closed], axis=1).min(axis=1).fillna(pd.Timestamp(NOW))
    return rows


def hours(begin: pd.Series, end: pd.Series, is_running: pd.Series) -> pd.Series:
    """Whole hours, of what runs those of the day that have begun; beyond two weeks of the calendar whole days of it."""
    begin, end = begin.dt.tz_convert(ZONE), end.dt.tz_convert(ZONE)
    days = (end.dt.normalize() - begin.dt.normalize()).dt.days
    exact = ((end - begin).dt.total_seconds().clip(lower=0) / 3600).round()
    begun = (end.dt.floor("h") - begin.dt.floor("h")).dt.total_seconds() / 3600
    return begun.where(is_running, exact).where(days <= 14, days * 24)


def clock(rows: pd.DataFrame, moment: str) -> pd.DataFrame:
    """Hours, and whether what the clock waits for has happened."""
    end = rows[moment].fillna(rows["stop"])
    is_running = rows[moment].isna() & (rows["stop"] == NOW)
    return pd.DataFrame({"hours": hours(rows["begin"], end, is_running), "event": rows[moment].notna()})


def published(times: pd.DataFrame) -> list[str]:
    """median_hari, bawah_95, atas_95, rata_rata_selesai_hari, diikuti, peristiwa, as the page writes them."""
    n, events = len(times), int(times["event"].sum())
    if events < FEW:
        return ["", "", "", "", str(n), str(events)]
    fitter = KaplanMeierFitter().fit(times["hours"], times["event"])
    limits = median_survival_times(fitter.confidence_interval_).iloc[0]
    found = [fitter.median_survival_time_, limits.iloc[0], limits.iloc[1], times.loc[times["event"], "hours"].mean()]
    return [f"{part / 24:.2f}" if part != float("inf") else "" for part in found] + [str(n), str(events)]


@pytest.fixture(params=["folded", "noted"])
def reports(request, add, monkeypatch):
    """Random reports, timed and summed, or noted as changed only."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    scattered(add, 250, seed=7)
    lately(add, 80, seed=8)
    if request.param == "folded":
        folding.fold_all()


def test_the_table_of_skpd_equals_a_recomputation_with_lifelines(client, reports):
    frame = followed(exported(client))
    shown = csv.reader(client.get(reverse("analytics:csv")).content.decode().splitlines())
    head, *rows = shown
    found = {row[0]: row[4:] for row in rows if row[0]}

    assert head[4:10] == [
        f"tanggapan_{part}"
        for part in ("median_hari", "bawah_95", "atas_95", "rata_rata_selesai_hari", "diikuti", "peristiwa")
    ]
    assert set(found) == {"pu", "lampu"}
    for skpd, spells in frame.groupby("skpd"):
        assert found[skpd][:6] == published(clock(spells, "tanggapan"))
        assert found[skpd][6:] == published(clock(spells, "selesai"))


def test_the_city_equals_a_recomputation_across_hand_overs(client, reports):
    frame = followed(exported(client))
    whole = frame.groupby("kode").agg(
        begin=("begin", "min"), stop=("stop", "max"), tanggapan=("tanggapan", "min"), selesai=("selesai", "min")
    )
    total = client.get(reverse("analytics:overview")).context["total"]

    for name, moment in (("response", "tanggapan"), ("completion", "selesai")):
        shown, expected = getattr(total, name), clock(whole, moment)
        fitter = KaplanMeierFitter().fit(expected["hours"], expected["event"])
        assert (shown.n, shown.events) == (len(expected), expected["event"].sum())
        assert shown.median_days.value == pytest.approx(fitter.median_survival_time_ / 24)
        for days in (0.5, 3, 14, 60):
            assert shown.share_within(days).value == pytest.approx(1 - float(fitter.predict(days * 24)))


@pytest.mark.parametrize("query", ["", "?kategori=jalan&kecamatan=77.01", "?status=open"])
def test_n_is_that_of_the_file_and_of_the_list(client, reports, query):
    codes = exported(client, query)["kode"].nunique()
    assert client.get(reverse("analytics:overview") + query).context["total"].n == codes
    assert codes <= Report.objects.public().count()


def test_the_file_of_one_skpd_has_its_spells_only(client, reports):
    assert set(exported(client, "?skpd=lampu")["skpd"]) == {"lampu"}
    assert client.get(reverse("analytics:spells") + "?skpd=tidak-ada").status_code == 400
