"""The one spelling of filters, from the address and back."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from geo_reports.filters import ReportFilters
from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.models import Report
from geo_reports.workflow import Status
from tests.factories import ReportFactory


def read(query: str) -> ReportFilters:
    return read_filters(QueryDict(query))


def test_no_parameters_is_no_filter(toy_city):
    assert read("").is_empty
    assert read("utm_source=koran&halaman=2").is_empty


def test_every_filter_is_read(toy_city):
    query = (
        "kategori=pothole,garbage&status=open&skpd=roads&kecamatan=99.01&kelurahan=99.01.1001"
        "&dari=2025-01-01&sampai=2025-12-31&q=lubang"
    )
    assert read(query) == ReportFilters(
        kategori=("pothole", "garbage"),
        status=("open",),
        skpd=("roads",),
        kecamatan=("99.01",),
        kelurahan=("99.01.1001",),
        dari=date(2025, 1, 1),
        sampai=date(2025, 12, 31),
        q="lubang",
    )


def test_repeated_parameters_mean_the_same_as_commas(toy_city):
    assert read("status=done&status=waiting") == read("status=done,waiting")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("kategori=naga", "“naga” tidak dikenal"),
        ("kategori=pothole,naga", "“naga” tidak dikenal"),
        ("status=beres", "“beres” tidak dikenal"),
        ("skpd=%00", "“\N{REPLACEMENT CHARACTER}” tidak dikenal"),
        ("kecamatan=36.74.06'; DROP TABLE geo_reports_report; --", "tidak dikenal"),
        ("kelurahan=" + "x," * 100 + "y", "tidak dikenal"),
        ("kelurahan=" + ",".join(map(str, range(100))), "Terlalu banyak"),
        ("dari=kemarin", "contoh 2025-03-12"),
        ("dari=12/03/2025", "contoh 2025-03-12"),
        ("dari=2025-13-45", "contoh 2025-03-12"),
        ("sampai=9999-12-31", "masuk akal"),
        ("dari=0001-01-01", "masuk akal"),
        ("dari=2025-05-01&sampai=2025-04-01", "sebelum"),
        ("q=" + "x" * 101, "100"),
        ("q=%00", "Karakter null"),
        ("q=ac", "sedikitnya 3 huruf"),
        ("q=%25%25%25%25", "sedikitnya 3 huruf"),
        ("q=%F0%9F%98%80a-b", "sedikitnya 3 huruf"),
    ],
)
def test_what_does_not_exist_is_named_in_a_sentence(toy_city, query, sentence):
    with pytest.raises(InvalidFilter, match=sentence):
        read(query)


slugs = st.lists(st.sampled_from(["pothole", "garbage", "social"]), unique=True).map(tuple)
statuses = st.lists(st.sampled_from([*Status.values, "open", "closed"]), unique=True, max_size=3).map(tuple)
text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip)
words = text.filter(lambda typed: not typed or sum(letter.isalnum() for letter in typed) >= 3)


@given(kategori=slugs, status=statuses, q=words)
def test_a_filter_survives_being_written_into_an_address(toy_city, kategori, status, q):
    filters = ReportFilters(kategori=kategori, status=status, q=q)
    assert read(filters.query()) == filters


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (ReportFilters(), "abc"),
        (ReportFilters(kategori=("garbage",)), "b"),
        (ReportFilters(status=("closed",)), "c"),
        (ReportFilters(status=("open", "done")), "abc"),
        (ReportFilters(status=("forwarded",)), "ab"),
        (ReportFilters(kecamatan=("99.02",)), "b"),
        (ReportFilters(kelurahan=("99.01.1001",)), "ac"),
        (ReportFilters(skpd=("clean",)), "b"),
        (ReportFilters(dari=date(2025, 3, 13)), "b"),
        (ReportFilters(sampai=date(2025, 3, 12)), "ac"),
        (ReportFilters(dari=date(2025, 3, 12), sampai=date(2025, 3, 12)), "ac"),
        (ReportFilters(q="LUBANG"), "ac"),
        (ReportFilters(q="kc-aaaaaa"), "a"),
        (ReportFilters(q="%"), ""),
        (ReportFilters(q="' OR 1=1 --"), ""),
    ],
    ids=str,
)
def test_each_filter_finds_what_it_says(toy_city, filters, found):
    from_noon = {"text": "Lubang di jalan"}
    ReportFactory(code="KC-AAAAAA", **from_noon)
    ReportFactory(
        code="KC-BBBBBB",
        category_id="garbage",
        agency_id="clean",
        kelurahan_id="99.02.1001",
        text="Sampah",
        submitted_at="2025-03-12T17:00:00+00:00",  # already the 13th in Jakarta
    )
    ReportFactory(code="KC-CCCCCC", status=Status.DONE, **from_noon)
    codes = Report.objects.matching(filters).values_list("code", flat=True)
    assert "".join(sorted(code[3].lower() for code in codes)) == found


def test_search_finds_a_street_in_the_address_that_everybody_may_read(toy_city):
    shown = ReportFactory(address="Jl. Ir. H. Juanda No. 7")
    ReportFactory(address="Jl. Ir. H. Juanda No. 8", category_id="social")
    ReportFactory(address="Jl. Ir. H. Juanda No. 9", visibility="pending")
    assert list(Report.objects.public().matching(ReportFilters(q="h. juanda"))) == [shown]


def test_search_reads_indexes_instead_of_every_report(toy_city):
    ReportFactory.create_batch(150, address="Jl. Mawar")  # of so few rows any index would do
    words = Report.objects.public().matching(ReportFilters(q="juanda")).order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE geo_reports_report")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = words.explain()
    for index in ("report_text_trgm", "report_address_trgm", "geo_reports_report_code"):
        assert index in plan


def test_search_never_finds_what_is_not_shown(toy_city):
    ReportFactory(visibility="pending", text="kata kasar sekali")
    assert not Report.objects.public().matching(ReportFilters(q="kasar")).exists()
