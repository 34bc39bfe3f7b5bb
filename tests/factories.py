"""A toy city of four squares whose answers are obvious, and makers of rows in it.

lat 0.02 ┌───────────────┬───────────────┐
         │ 99.02.1002    │ 99.01.1002    │
         │ Barat Utara   │ Timur Utara   │
lat 0.01 ├───────────────┼───────────────┤
         │ 99.02.1001    │ 99.01.1001    │
         │ Barat Selatan │ Timur Selatan │
lat 0.00 └───────────────┴───────────────┘
       10.00           10.01           10.02  lon (EPSG:4326; metres in EPSG:32632)
"""

from __future__ import annotations

from datetime import UTC, datetime

import factory
from django.contrib.auth.models import Group, User
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon

from geo_reports import codes
from geo_reports.models import (
    Agency,
    Assignment,
    BoundaryVersion,
    Category,
    City,
    DeskRole,
    Evidence,
    Kecamatan,
    KecamatanBoundary,
    Kelurahan,
    KelurahanBoundary,
    KelurahanPiece,
    Membership,
    Report,
    RoutingEvidence,
    RoutingRule,
    StatusChange,
)
from geo_reports.routing import versions
from geo_reports.workflow import CLOSED, Role, Status
from tests import ready_made

SIDE = 0.01
SQUARES = {
    "99.01.1001": ("Timur Selatan", 10.01, 0.0),
    "99.01.1002": ("Timur Utara", 10.01, 0.01),
    "99.02.1001": ("Barat Selatan", 10.0, 0.0),
    "99.02.1002": ("Barat Utara", 10.0, 0.01),
}
NOON = datetime(2025, 3, 12, 5, 0, tzinfo=UTC)  # 12.00 WIB


def square(west: float, south: float, side: float = SIDE) -> Polygon:
    """A square in degrees."""
    return Polygon.from_bbox((west, south, west + side, south + side))


def centre_of(kelurahan_code: str) -> Point:
    """The middle of a toy kelurahan."""
    _name, west, south = SQUARES[kelurahan_code]
    return Point(west + SIDE / 2, south + SIDE / 2, srid=4326)


def build_toy_city() -> City:
    """The city with its areas and boundaries, three agencies, three categories and their rules."""
    ready_made.once("toy city", _build_toy_city)
    return City.objects.get()


def _build_toy_city() -> None:
    City.objects.create(
        code="99", bps_code="9900", name="Kota Contoh", brand="Smart Contoh", report_prefix="KC", metric_srid=32632
    )
    version = BoundaryVersion.objects.create(source="toy", licence="CC0", valid_from=datetime(2020, 1, 1, tzinfo=UTC))
    for code, name in (("99.01", "Timur"), ("99.02", "Barat")):
        Kecamatan.objects.create(code=code, bps_code=f"99000{code[-1]}0", name=name)
    for code, (name, west, south) in SQUARES.items():
        area = Kelurahan.objects.create(
            code=code, bps_code=f"99000{code[4]}00{code[-1]}0", name=name, kecamatan_id=code[:5]
        )
        shape = square(west, south)
        KelurahanBoundary.objects.create(
            version=version, area=area, geometry=MultiPolygon(shape, srid=4326), anchor=centre_of(code)
        )
        make_piece(code, shape)
    for code, west in (("99.01", 10.01), ("99.02", 10.0)):
        shape = Polygon.from_bbox((west, 0, west + SIDE, 2 * SIDE))
        KecamatanBoundary.objects.create(version=version, area_id=code, geometry=MultiPolygon(shape, srid=4326))
    _build_toy_agencies()


def in_metres(shape: GEOSGeometry) -> GEOSGeometry:
    """A copy in the toy city's metre system, without a SRID as the engine stores it."""
    copy = shape.clone()
    copy.srid = 4326
    copy.transform(32632)
    copy.srid = 0
    return copy


def make_piece(code: str, shape: Polygon) -> KelurahanPiece:
    """A piece of the boundaries in force."""
    return KelurahanPiece.objects.create(area_id=code, geometry=shape, geometry_m=in_metres(shape))


def _build_toy_agencies() -> None:
    """Roads answer for potholes everywhere; the east has its own for garbage; `social` is sensitive."""
    for slug, name in (("roads", "Dinas Jalan"), ("clean", "Dinas Kebersihan"), ("east", "Kantor Timur")):
        Agency.objects.create(slug=slug, short_name=name, name=f"{name} Kota Contoh", kind=Agency.Kind.SKPD)
    for order, (slug, name) in enumerate((("pothole", "Jalan berlubang"), ("garbage", "Sampah"), ("social", "Sosial"))):
        Category.objects.create(
            slug=slug, name=name, name_en=slug.title(), icon=slug, order=order, is_sensitive=slug == "social"
        )
    for category, agency, kecamatan in (
        ("pothole", "roads", None),
        ("garbage", "clean", None),
        ("garbage", "east", "99.01"),
        ("social", "clean", None),
    ):
        RoutingRule.objects.create(
            category_id=category, agency_id=agency, kecamatan_id=kecamatan, reason=f"{category} ditangani {agency}"
        )
    for rank, kind in enumerate(Evidence.values, start=1):
        RoutingEvidence.objects.create(kind=kind, rank=rank)
    versions.publish(author=None, note="toy")


class ReportFactory(factory.django.DjangoModelFactory):
    """A published, forwarded report in the middle of Timur Selatan, in the hands of `roads`.

    `assigned=False` leaves out the spell. Status and clocks are what the caller says: history
    beyond the first entry is made with the real verbs.
    """

    class Meta:
        model = Report
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"KC-{codes.encode(n)}")
    category_id = "pothole"
    text = factory.Sequence(lambda n: f"Lubang besar nomor {n} di depan musala")
    kelurahan_id = "99.01.1001"
    kecamatan_id = factory.LazyAttribute(lambda row: row.kelurahan_id[:5] if row.kelurahan_id else None)
    point = factory.LazyAttribute(lambda row: centre_of(row.kelurahan_id) if row.kelurahan_id else None)
    public_point = factory.LazyAttribute(lambda row: row.point)
    placement = factory.LazyAttribute(
        lambda row: Report.Placement.POINT if row.point else Report.Placement.CHOSEN if row.kelurahan_id else "none"
    )
    agency_id = "roads"
    status = Status.FORWARDED
    visibility = Report.Visibility.PUBLISHED
    submitted_at = NOON
    forwarded_at = factory.LazyAttribute(lambda row: None if row.status == Status.WAITING else row.submitted_at)
    closed_at = factory.LazyAttribute(lambda row: row.submitted_at if row.status in CLOSED else None)

    @factory.post_generation
    def assigned(obj: Report, create: bool, extracted: bool | None, **kwargs: object) -> None:  # noqa: N805
        if not create or extracted is False or not obj.agency_id:
            return
        spell = Assignment.objects.create(
            report=obj, agency_id=obj.agency_id, started_at=obj.submitted_at, reason="toy", **kwargs
        )
        StatusChange.objects.create(
            report=obj, assignment=spell, to_status=Status.WAITING, at=obj.submitted_at, role=Role.REPORTER
        )


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")


def make_verifier() -> User:
    """A verifikator."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get_or_create(name=Role.VERIFIER)[0])
    return user


def make_leader() -> User:
    """A pimpinan: reads everything, changes nothing."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get_or_create(name=DeskRole.LEADER)[0])
    return user


def make_administrator() -> User:
    """An administrator by group, without Django's superuser flag."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get_or_create(name=DeskRole.ADMINISTRATOR)[0])
    return user


def make_officer(agency_slug: str = "roads") -> User:
    """A petugas of one agency."""
    user: User = UserFactory()
    user.groups.add(Group.objects.get_or_create(name=Role.OFFICER)[0])
    Membership.objects.create(user=user, agency_id=agency_slug)
    return user
