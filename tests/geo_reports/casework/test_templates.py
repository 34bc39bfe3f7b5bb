"""Ready answers: what fits, what is filled in, who may change them."""

from datetime import date

import pytest

from geo_reports.casework import replies
from geo_reports.models import Reply, ReplyTemplate
from tests.factories import ReportFactory, make_leader

TEXT = "Laporan {kode} tentang {kategori} di {lokasi}: {skpd}, {status}, {tenggat}, {tanggal}."


def template(**changes) -> ReplyTemplate:
    return ReplyTemplate.objects.create(**{"title": "Sudah dijadwalkan", "text": TEXT} | changes)


def test_variables_are_filled_in_from_the_report(toy_city):
    report = ReportFactory(address="Gang Mawar 7", due_on=date(2025, 3, 20))
    assert replies.filled(template(), report, today=date(2025, 3, 12)) == (
        f"Laporan {report.code} tentang Jalan berlubang di Gang Mawar 7, Kel. Timur Selatan, Kec. Timur: "
        "Dinas Jalan Kota Contoh, Diteruskan, 20 Mar 2025, 12 Mar 2025."
    )


def test_a_public_answer_does_not_tell_a_blurred_place(toy_city):
    report = ReportFactory(category_id="social", address="Gang Mawar 7")
    assert "Mawar" not in replies.filled(template(), report)


def test_what_is_not_known_is_said(toy_city):
    report = ReportFactory(agency_id=None, kelurahan_id=None)
    text = replies.filled(template(), report)
    assert "lokasi yang belum diketahui" in text
    assert "{" not in text


def test_words_of_citizens_are_not_read_as_variables(toy_city):
    report = ReportFactory(address="{kode}")
    assert "{kode}," in replies.filled(template(text="Di {lokasi}"), report)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("{kode}", []), ("{nama}", ["{nama}"]), ("{kode} {}", ["{}"]), ("{kode", ["{"]), ("{ kode }", ["{ kode }"])],
)
def test_unknown_variables_are_found(text, unknown):
    assert replies.unknown_variables(text) == unknown


def test_the_nearest_fit_comes_first(toy_city):
    common = template(title="A")
    mine = template(title="B", agency_id="roads", category_id="pothole", status="forwarded")
    for changes in ({"agency_id": "clean"}, {"category_id": "garbage"}, {"status": "answered"}):
        template(**changes)
    assert replies.fitting(ReportFactory()) == [mine, common]


def test_without_a_script_the_button_fills_the_text_and_answers_nothing(desk_client, officer):
    report, chosen = ReportFactory(), template(text="Laporan {kode} kami terima.")
    data = {"template": chosen.pk, "text": "Yth. warga,", "fill": "1"}
    response = desk_client(officer).post(f"/petugas/{report.code}/jawab/", data)
    assert response.status_code == 200
    assert f"Yth. warga,\n\nLaporan {report.code} kami terima." in response.content.decode()
    assert not Reply.objects.exists()


def test_an_unknown_variable_is_refused_in_words(desk_client, officer):
    data = {"title": "Salam", "agency": "roads", "text": "Halo {nama}, {kode}"}
    response = desk_client(officer).post("/petugas/templat/baru/", data)
    assert response.status_code == 422
    assert "Variabel ini tidak dikenal: {nama}." in response.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_an_officer_keeps_templates_of_the_own_skpd_only(desk_client, officer):
    theirs, shared = template(agency_id="clean", title="Punya lain"), template(title="Punya semua")
    client = desk_client(officer)
    page = client.get("/petugas/templat/").content.decode()
    assert "Punya lain" not in page
    assert "Punya semua" in page
    for each in (theirs, shared):
        assert client.get(f"/petugas/templat/{each.pk}/").status_code == 404
        assert client.post(f"/petugas/templat/{each.pk}/hapus/").status_code == 404
    data = {"title": "Salam", "text": "Laporan {kode} kami terima."}
    assert client.post("/petugas/templat/baru/", data | {"agency": "clean"}).status_code == 422
    assert client.post("/petugas/templat/baru/", data).status_code == 422
    assert client.post("/petugas/templat/baru/", data | {"agency": "roads"}).status_code == 302
    mine = ReplyTemplate.objects.get(title="Salam")
    client.post(f"/petugas/templat/{mine.pk}/", data | {"agency": "roads", "title": "Salam baru"})
    assert ReplyTemplate.objects.get(pk=mine.pk).title == "Salam baru"
    client.post(f"/petugas/templat/{mine.pk}/hapus/")
    assert set(ReplyTemplate.objects.all()) == {theirs, shared}


def test_a_verifikator_keeps_all(desk_client, verifier):
    theirs = template(agency_id="clean")
    client = desk_client(verifier)
    data = {"title": "Untuk semua", "text": "Laporan {kode} kami terima."}
    assert client.post("/petugas/templat/baru/", data).status_code == 302
    assert client.get(f"/petugas/templat/{theirs.pk}/").status_code == 200


def test_who_only_reads_keeps_none(desk_client, toy_city):
    assert desk_client(make_leader()).get("/petugas/templat/").status_code == 403
