"""What stands on the paper of a field crew, and what never does."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from geo_reports.models import KelurahanBoundary, Report
from tests.citizens import add_photo
from tests.factories import ReportFactory, UserFactory, make_verifier
from tests.geo_reports.work_orders.reading import ask, opened, pages_of, text_of
from tests.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(toy_city, client):
    user = make_verifier()
    user.first_name, user.last_name = "Rina", "Petugas"
    user.save()
    client.force_login(user)
    return client


def test_one_report_is_a_whole_order(desk):
    report = ReportFactory(address="Gang Mawar 7", text="Lubang di depan musala, lebarnya 2 m²")
    text = text_of(ask(desk, report))
    for words in (
        "Surat tugas lapangan",
        "Dinas Jalan",
        "1 laporan",
        "oleh Rina Petugas",
        "Halaman 1 dari 1",
        "urutan jalan kasar",
        report.code,
        "Jalan berlubang",
        "Diteruskan",
        "Kel. Timur Selatan, Kec. Timur",
        "Gang Mawar 7",
        "0.005000, 10.015000",
        "Lubang di depan musala, lebarnya 2 m²",
        "Dikerjakan tanggal",
        "Foto sesudah",
    ):
        assert words.lower() in text.lower()


def test_due_dates_stand_on_the_paper_and_late_ones_are_marked(desk):
    ReportFactory(due_on=date(2025, 3, 17), due_step="resolve")
    late = text_of(ask(desk, *Report.objects.all()))
    assert "Tenggat penyelesaian: 17 Mar 2025 (LEWAT)" in late
    Report.objects.update(due_on=date(2999, 3, 17))
    assert "LEWAT" not in text_of(ask(desk, *Report.objects.all()))
    Report.objects.update(due_on=None, due_step="")
    assert "Tenggat" not in text_of(ask(desk, *Report.objects.all()))


def test_a_redacted_text_and_a_hidden_photo_stay_off_the_paper(desk):
    report = ReportFactory(text="Pak ███ membuang sampah", original_text="Pak Joko membuang sampah")
    add_photo(report, is_hidden=True)
    paper = opened(ask(desk, report))
    assert "Joko" not in " ".join(page.extract_text() for page in paper.pages)
    assert not [image for page in paper.pages for image in page.images]


def test_pages_are_counted(desk):
    pages = pages_of(ask(desk, *ReportFactory.create_batch(12)))
    assert [f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, start=1)] == [True] * len(pages)
    assert len(pages) == 5


def test_the_names_of_the_kelurahan_stand_on_the_map(desk):
    ReportFactory()
    corner = ReportFactory(kelurahan_id="99.02.1002")
    first = pages_of(ask(desk, *Report.objects.all()))[0]
    for name in ("Timur Selatan", "Timur Utara", "Barat Selatan", "Barat Utara"):
        assert name in first
    assert first.index(corner.code) < first.index(Report.objects.exclude(pk=corner.pk).get().code)


def test_a_city_without_boundaries_still_prints(desk):
    KelurahanBoundary.objects.all().delete()
    assert "Halaman 1 dari 1" in text_of(ask(desk, ReportFactory()))


def test_nobody_learns_who_reported(desk):
    report = ReportFactory(
        reporter_name="Siti Aminah", reporter_contact="siti@example.org", is_anonymous=False, text="Lubang"
    )
    paper = ask(desk, report)
    raw = opened(paper)
    assert "Siti" not in str(raw.metadata) + " ".join(page.extract_text() for page in raw.pages)
    assert "siti@" not in " ".join(page.extract_text() for page in raw.pages)


def test_at_most_two_photos_of_the_problem_are_printed(desk):
    report = ReportFactory()
    for number, kind in enumerate(("before", "before", "before", "after")):
        photo = add_photo(report, kind=kind)
        with default_storage.open(photo.thumbnail.name, "wb") as file:
            file.write(picture(size=(32 + number, 24)))
    assert sum(len(page.images) for page in opened(ask(desk, report)).pages) == 2


def test_lost_and_damaged_photos_leave_a_sentence(desk):
    report = ReportFactory()
    lost, damaged = add_photo(report), add_photo(report)
    default_storage.delete(lost.thumbnail.name)
    with default_storage.open(damaged.thumbnail.name, "wb") as file:
        file.write(b"\xff\xd8\xff not a picture")
    assert text_of(ask(desk, report)).count("Foto tidak dapat dibuka") == 2


def test_reports_without_a_point_are_listed_last_and_named_below_the_map(desk):
    nowhere = ReportFactory(kelurahan_id=None)
    chosen = ReportFactory(point=None)
    placed = ReportFactory()
    text = text_of(ask(desk, nowhere, chosen, placed))
    assert "Tanpa titik di peta: nomor 2\N{EN DASH}3." in text
    assert "Lokasi belum diketahui" in text
    assert text.index(placed.code) < text.index(nowhere.code) < text.index(chosen.code)


def test_without_any_point_there_is_a_sentence_instead_of_a_map(desk):
    assert "Tidak ada peta" in text_of(ask(desk, ReportFactory(kelurahan_id=None)))


@pytest.mark.parametrize(
    "text",
    ["x" * 4000, "\n".join("baris" * 2 for _ in range(360)), "kata " * 800, "<b>&amp;</i> 汉字 سلام 👍🏽\x07" * 100],
)
def test_no_text_breaks_the_paper(desk, text):
    pages = pages_of(ask(desk, *ReportFactory.create_batch(2, text=text[:4000])))
    assert len(pages) <= 5
    assert "Halaman 1 dari" in pages[0]


def test_markup_in_a_text_is_printed_as_it_was_written(desk):
    assert "<b>& jalan</i> □" in text_of(ask(desk, ReportFactory(text="<b>& jalan</i> 汉")))


def test_pages_that_hold_something_confidential_are_marked(desk):
    secret = ReportFactory(visibility="confidential", text="Pungli di loket")
    others = ReportFactory.create_batch(11, kelurahan_id="99.01.1001")
    pages = pages_of(ask(desk, secret, *others))
    holding = ["Pungli" in page or secret.code in page for page in pages]
    assert any(holding)
    assert not all(holding)
    assert ["RAHASIA" in page for page in pages] == holding
    assert "RAHASIA" not in text_of(ask(desk, *others))


def test_every_page_of_a_long_confidential_text_is_marked(desk):
    secret = ReportFactory(visibility="confidential", text="pungli " * 570, kelurahan_id=None)
    pages = pages_of(ask(desk, *ReportFactory.create_batch(8), secret))
    holding = ["pungli" in page for page in pages]
    assert holding.count(True) >= 3
    assert ["RAHASIA" in page for page in pages] == holding


@pytest.mark.parametrize("visibility", ["withheld", "pending"])
def test_words_and_photos_that_are_not_shown_are_not_printed(desk, visibility):
    report = ReportFactory(visibility=visibility, text="Dasar tukang tipu")
    add_photo(report)
    paper = opened(ask(desk, report))
    text = " ".join(page.extract_text() for page in paper.pages)
    assert "tukang" not in text
    assert "tidak dicetak" in text
    assert not [image for page in paper.pages for image in page.images]


def test_many_reports_of_one_place_and_many_places_print(desk):
    reports = ReportFactory.create_batch(100)
    assert "100 laporan" in pages_of(ask(desk, *reports))[0]


def test_several_agencies_are_named_on_the_order(desk):
    text = text_of(ask(desk, ReportFactory(), ReportFactory(agency_id="clean")))
    assert "Dinas Jalan, Dinas Kebersihan" in text


def test_a_crew_without_a_full_name_is_named_by_its_account(toy_city, client):
    user = UserFactory(username="regu-tiga", is_superuser=True)
    client.force_login(user)
    assert "oleh regu-tiga" in text_of(ask(client, ReportFactory()))
