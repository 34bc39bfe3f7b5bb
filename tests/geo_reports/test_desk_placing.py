"""Reports without a location: what their words name, and one press that puts them there."""

import pytest

from geo_reports.models import Kelurahan, Report
from geo_reports.pages.desk.placing import named_places
from geo_reports.workflow import Status
from tests.factories import ReportFactory

pytestmark = pytest.mark.django_db
NOWHERE = {"kelurahan_id": None, "agency_id": None, "status": Status.WAITING, "visibility": "pending"}


def test_a_kelurahan_that_the_text_names_is_one_press_away(toy_city, desk_client, verifier):
    report = ReportFactory(text="Sampah menumpuk di kel. timur utara dekat pasar", category_id="garbage", **NOWHERE)
    client = desk_client(verifier)
    page = client.get("/petugas/?tampil=tanpa-lokasi").content.decode()
    assert 'name="kelurahan" value="99.01.1002"' in page
    client.post(f"/petugas/{report.code}/tempatkan/", {"kelurahan": "99.01.1002"})
    report.refresh_from_db()
    assert (report.kelurahan_id, report.placement, report.agency_id) == ("99.01.1002", "chosen", "east")


def test_another_spelling_that_is_on_record_is_understood(toy_city):
    Kelurahan.objects.filter(pk="99.02.1001").update(aliases=["Kulon Kidul"])
    report = ReportFactory(text="Lampu mati di Kulon Kidul", **NOWHERE)
    (named,) = named_places([report])[report.pk]
    assert (named.words, named.kelurahan[0][0]) == ("Kulon Kidul", "99.02.1001")


def test_a_kecamatan_offers_its_kelurahan(toy_city, desk_client, verifier):
    report = ReportFactory(text="Banjir di kecamatan Barat", **NOWHERE)
    page = desk_client(verifier).get(f"/petugas/{report.code}/").content.decode()
    assert 'value="99.02.1001"' in page
    assert 'value="99.02.1002"' in page


def test_placing_is_taken_back(toy_city, desk_client, verifier):
    report = ReportFactory(text="Timur Utara", **NOWHERE)
    client = desk_client(verifier)
    page = client.post(f"/petugas/{report.code}/tempatkan/", {"kelurahan": "99.01.1002"}, follow=True).content.decode()
    assert f'action="/petugas/{report.code}/hapus-lokasi/"' in page
    client.post(f"/petugas/{report.code}/hapus-lokasi/")
    assert Report.objects.get().kelurahan is None


def test_what_has_a_place_is_not_looked_at(toy_city, django_assert_num_queries):
    report = ReportFactory(text="Timur Utara")
    with django_assert_num_queries(0):
        assert named_places([report]) == {}
