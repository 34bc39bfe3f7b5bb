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
    "/laporan/KC-000000/?kunci=bukan-kunci",
    "/kecamatan/99.99/",
    "/kecamatan/%00/",
    "/skpd/naga/",
    "/foto/00000000-0000-0000-0000-000000000000/image.jpg",
    "/foto/00000000-0000-0000-0000-000000000000/..%2fimage.jpg",
    "/analitik/?skpd=naga",
    "/analitik/?dari=9999-99-99",
    "/analitik/skpd.csv?kategori=%00",
    "/analitik/wilayah.json?level=planet",
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
    "/kelurahan/naga/",
    "/peta/batas/planet.geojson",
    "/peta/batas/kelurahan.geojson?kecamatan=naga",
    "/export/reports.geojson?kategori=naga",
    "/export/reports.geojson?q=%27%3B%20DROP%20TABLE%20x",
    "/api/route?lon=a&lat=b",
    "/petugas/KC-000000/",
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
