"""What the public may take away: each collection's rows, its allow-listed fields and what they mean.

A field that is not listed here leaves the house through no map, tile or download. Everything
starts from `Report.objects.public()`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from geo_reports.filters import ReportFilters
from geo_reports.models import Kecamatan, Kelurahan, Report, ReportQuerySet
from geo_reports.workflow import Status
from maps.params import Level

DECIMALS: Final = 6  # of a degree: 11 cm, finer than any phone


class Kind(StrEnum):
    """How a column becomes JSON."""

    VALUE = "value"
    TIME = "time"
    JSON = "json"


@dataclass(frozen=True)
class Field:
    """One public property: its name everywhere, where it comes from, and a sentence for the dictionary."""

    name: str
    source: str
    description: str | Promise
    kind: Kind = Kind.VALUE


@dataclass(frozen=True)
class Rows:
    """A bound SELECT: its columns are `fields` in order, then the geometry as GeoJSON text or NULL."""

    sql: str
    params: tuple[Any, ...]
    fields: tuple[Field, ...]


REPORT_FIELDS: Final = (
    Field("kode", "code", _("Nomor laporan; alamat halamannya /laporan/<kode>/.")),
    Field("kategori", "category_id", _("Kode kategori.")),
    Field("kategori_nama", "category__name", _("Nama kategori.")),
    Field("status", "status", _("Kode status saat diunduh.")),
    Field("status_nama", "status_label", _("Nama status.")),
    Field("skpd", "agency_id", _("Kode SKPD yang bertanggung jawab saat ini; kosong bila belum ditentukan.")),
    Field("skpd_nama", "agency__name", _("Nama lengkap SKPD.")),
    Field("kecamatan", "kecamatan_id", _("Kode Kemendagri kecamatan; kosong bila lokasi tidak diketahui.")),
    Field("kecamatan_nama", "kecamatan__name", _("Nama kecamatan.")),
    Field("kelurahan", "kelurahan_id", _("Kode Kemendagri kelurahan; kosong bila lokasi tidak diketahui.")),
    Field("kelurahan_nama", "kelurahan__name", _("Nama kelurahan.")),
    Field(
        "asal_lokasi", "placement", _("point: titik di peta; chosen: kelurahan dipilih pelapor; none: tanpa lokasi.")
    ),
    Field("uraian", "public_text", _("Uraian pelapor; kosong selama belum diperiksa petugas.")),
    Field("alamat", "public_address", _("Alamat atau patokan; kosong untuk kategori yang lokasinya disamarkan.")),
    Field("dikirim", "submitted_at", _("Waktu dikirim, ISO 8601, UTC."), Kind.TIME),
    Field(
        "langkah",
        "due_step",
        _("Langkah yang bertenggat: verify, respond atau resolve; kosong bila tidak ada."),
    ),
    Field("tenggat", "due_on", _("Hari terakhir langkah itu masih tepat waktu, menurut standar waktu layanan.")),
    Field("ditutup", "closed_at", _("Waktu ditutup, ISO 8601, UTC; kosong bila masih terbuka."), Kind.TIME),
)


def reports(filters: ReportFilters) -> ReportQuerySet:
    """The public reports that match, in no particular order."""
    return Report.objects.public().matching(filters)


def report_rows(filters: ReportFilters) -> Rows:
    """Every public report that matches, newest first; without a point the geometry is NULL.

    Read through the index report_newest, so that the first rows leave before the last are found.
    """
    found = (
        reports(filters)
        .annotate(status_label=_status_label())
        .order_by("-submitted_at", "-pk")
        .values_list(*(field.source for field in REPORT_FIELDS), AsGeoJSON("public_point", precision=DECIMALS))
    )
    return Rows(*compiled(found), REPORT_FIELDS)


def areas(level: Level, filters: ReportFilters) -> list[Kecamatan] | list[Kelurahan]:
    """The areas of `level` by code: all, or those that the filter names or that lie in them. One query."""
    if level is Level.KECAMATAN:
        kecamatan = Kecamatan.objects.all()
        return list(kecamatan.filter(pk__in=filters.kecamatan) if filters.kecamatan else kecamatan)
    kelurahan = Kelurahan.objects.select_related("kecamatan")
    if filters.kecamatan:
        kelurahan = kelurahan.filter(kecamatan__in=filters.kecamatan)
    return list(kelurahan.filter(pk__in=filters.kelurahan) if filters.kelurahan else kelurahan)


def compiled(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """The SQL of a queryset with placeholders, and its parameters."""
    sql, params = queryset.query.sql_with_params()
    return sql, tuple(params)


def _status_label() -> BaseExpression:
    """The Indonesian name of the status: data does not change with the reader's language."""
    with override("id"):
        names = [When(status=status.value, then=Value(str(status.label))) for status in Status]
    return Case(*names, default=F("status"), output_field=CharField())
