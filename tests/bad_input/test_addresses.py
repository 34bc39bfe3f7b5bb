"""What strangers write into the address: a clear answer, nothing leaks, never a 500."""

import pytest

from tests.factories import ReportFactory

ADDRESSES = [
    "/?kategori=naga",
    "/?status=' OR 1=1--",
    "/?kecamatan=%00",
    "/?ukuran=naga",
    "/?embed=1&kategori=naga",
    "/?embed=%00&ukuran=%00&peta=%00",
    "/?peta=%3Cscript%3Ealert(1)%3C/script%3E",
    "/?bagian=%00",
    "/peta/cari.json?q=%00",
    "/peta/cari.json?q=' OR 1=1--",
    "/peta/cari.json?q=rahasia",
    "/peta/cari.json?q=Budi",
    "/peta/riwayat.json?kategori=naga",
    "/peta/riwayat.json?dari=besok",
    "/laporan/?q=%27%20UNION%20SELECT%20secret%20FROM%20geo_reports_report--",
    "/laporan/?q=%25%5F%5C",
    "/laporan/?q=%00",
    "/laporan/?dari=besok",
    "/laporan/?dari=2025-02-30&sampai=x",
    "/laporan/?setelah=%00",
    "/laporan/?setelah=' OR 1=1--",
    "/laporan/rss/?kategori=naga",
    "/laporan/%00/",
    "/laporan/..%2f..%2fetc%2fpasswd/",
    "/laporan/KC-ZZZZZZ/?kunci=bukan-kunci",
    "/kecamatan/99.99/",
    "/kecamatan/%00/",
    "/skpd/naga/",
    "/foto/00000000-0000-0000-0000-000000000000/image.jpg",
    "/foto/00000000-0000-0000-0000-000000000000/..%2fimage.jpg",
    "/analitik/bandingkan/?apa=naga",
    "/analitik/bandingkan/?apa=skpd&a=%00&b=%27",
    "/analitik/bandingkan/?apa=periode&a_dari=9999-99-99&a_sampai=0001-01-01",
    "/analitik/bandingkan.csv?apa=kecamatan&a=1&b=1",
    "/analitik/kecamatan/?kecamatan=naga",
    "/analitik/kecamatan.csv?dari=kemarin",
    "/analitik/?skpd=naga",
    "/analitik/?dari=9999-99-99",
    "/analitik/skpd.csv?kategori=%00",
    "/analitik/wilayah.json?level=planet",
    "/analitik/titik-rawan/?skpd=%00",
    "/analitik/titik-rawan/naga.csv",
    "/analitik/titik-rawan/sel.geojson?sampai=0000-00-00",
    "/analitik/laporan.pdf?bulan=%00",
    "/analitik/laporan.pdf?bulan=9999-12",
    "/analitik/laporan.pdf?bulan=0001-01",
    "/analitik/laporan.pdf?skpd=%3Cscript%3E%00",
    "/peta/ukuran.json?level=planet",
    "/peta/ukuran.json?level=kecamatan&ukuran=naga",
    "/peta/sel.json",
    "/peta/sel.json?sel=nan/0/0",
    "/peta/sel.json?sel=1/2/0",
    "/peta/sel.json?sel=14/1/1&kategori=naga",
    "/peta/riwayat.json?dari=9999-99-99",
    "/tiles/reports/14/1/1.mvt?status=naga",
    "/tiles/reports/1/2/0.mvt",
    "/tiles/reports/999999999999/0/0.mvt",
    "/tiles/reports.json?skpd=%00",
    "/tiles/reports/14/1/1.mvt?q=%25",
    "/tiles/reports/14/1/1.mvt?q=" + "x" * 5000,
    "/tiles/reports/14/1/1.mvt?dari=2025-05-01&sampai=2025-01-01",
    "/tiles/reports/14/1/1.mvt?kelurahan=" + "99.01.1001," * 300,
    "/tiles/reports/22/4194303/4194303.mvt?status=open,overdue,done",
    "/tiles/reports/%D9%A3/0/0.mvt",
    "/tiles/reports/1e3/0/0.mvt",
    "/peta/ukuran.json?dari=2000-01-01&ukuran=trend",
    "/peta/ukuran.json?dari=2024-02-29&sampai=2024-02-29&ukuran=trend",
    "/peta/ukuran.json?q=%ED%A0%BD",
    "/peta/sel.json?sel=" + "1/0/0," * 100,
    "/peta/sel.json?sel=30/1073741823/1073741823",
    "/peta/sel.json?sel=0/0/0&lewati=9999999",
    "/peta/sel.json?sel=0/0/0&lewati=-1",
    "/peta/cari.json?q=" + "a%25" * 40,
    "/?peta=NaN/NaN/NaN",
    "/?dari=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96-01-01",
    "/?" + "kategori=garbage&" * 600,
    "/kecamatan/99.01/?dari=2000-01-01&status=overdue&q=%3Cscript%3E",
    "/kelurahan/99.01.1001/?sampai=9999-12-31",
    "/kelurahan/naga/",
    "/peta/batas/planet.geojson",
    "/peta/batas/kelurahan.geojson?kecamatan=naga",
    "/export/reports.geojson?kategori=naga",
    "/export/reports.geojson?q=%27%3B%20DROP%20TABLE%20x",
    "/api/route?lon=a&lat=b",
    "/petugas/KC-ZZZZZZ/",
    "/petugas/?halaman=-1",
    "/healthz?x=%00",
    "/naga/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_is_a_server_error_or_leaks(visitor, address):
    hidden = ReportFactory(visibility="withheld", text="rahasia sekali", reporter_contact="budi@example.org")
    ReportFactory(visibility="pending", text="belum diperiksa", reporter_name="Budi")
    response = visitor.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    page = body.decode()
    assert response.status_code in {200, 302, 400, 404}
    for private in (hidden.code, str(hidden.secret), "rahasia sekali", "belum diperiksa", "Budi", "budi@example.org"):
        assert private not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("address", ["/", "/laporan/", "/lapor/", "/export/reports.geojson", "/api/route"])
def test_other_methods_are_refused(visitor, method, address):
    assert getattr(visitor, method)(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/?bagian=daftar", "/peta/ukuran.json", "/tiles/reports/0/0/0.mvt"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-None-Match", '"'),
        ("If-None-Match", 'W/"x' * 500),
        ("If-None-Match", "\xff\xfe"),
        ("Accept", "*/*;q=x"),
        ("Accept-Language", "xx-YY,zz;q=9," + "a" * 3000),
        ("Cookie", "django_language=../../x"),
        ("Range", "bytes=9-1"),
    ],
)
def test_headers_that_make_no_sense_change_nothing(visitor, address, name, value):
    ReportFactory()
    response = visitor.get(address, headers={name: value})
    assert response.status_code == 200
    assert response.content
