"""The city, its kecamatan and kelurahan, and dated versions of their boundaries (EPSG:4326)."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _


class City(models.Model):
    """The one kota or kabupaten this installation serves; loaded from the reference data."""

    code = models.CharField(_("kode Kemendagri"), max_length=13, primary_key=True)
    bps_code = models.CharField(_("kode BPS"), max_length=10)
    name = models.CharField(_("nama"), max_length=100)
    brand = models.CharField(_("nama layanan"), max_length=60)
    report_prefix = models.CharField(_("awalan nomor laporan"), max_length=4)
    metric_srid = models.PositiveIntegerField(_("SRID meter"), help_text=_("Sistem koordinat meter setempat."))
    official_area_km2 = models.FloatField(_("luas resmi (km²)"), null=True, blank=True)
    privacy_contact = models.CharField(
        _("kontak pelindungan data pribadi"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Tampil di halaman privasi: pejabat, alamat, surel atau telepon."),
    )
    boundary_source = models.JSONField(_("sumber batas bawaan"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("kota")

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """What kecamatan and kelurahan share: both official codes, spellings, population if known."""

    code = models.CharField(_("kode Kemendagri"), max_length=13, primary_key=True)
    bps_code = models.CharField(_("kode BPS"), max_length=10, unique=True)
    name = models.CharField(_("nama"), max_length=60)
    aliases = ArrayField(models.CharField(max_length=60), verbose_name=_("ejaan lain"), default=list, blank=True)
    population = models.PositiveIntegerField(_("penduduk"), null=True, blank=True)
    population_source = models.CharField(_("sumber penduduk"), max_length=200, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Kecamatan(Area):
    class Meta(Area.Meta):
        verbose_name = verbose_name_plural = _("kecamatan")

    @property
    def label(self) -> str:
        """The name with its level: several kecamatan share their name with a kelurahan."""
        return f"Kec. {self.name}"


class Kelurahan(Area):
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, related_name="kelurahan")

    class Meta(Area.Meta):
        verbose_name = verbose_name_plural = _("kelurahan")

    @property
    def label(self) -> str:
        """`Kel. X, Kec. Y`; needs the kecamatan to be loaded to cost no query."""
        return f"Kel. {self.name}, {self.kecamatan.label}"


class BoundaryVersion(models.Model):
    """One imported set of boundaries. Exactly one version is in force: the one without `valid_to`."""

    source = models.CharField(_("sumber"), max_length=300)
    licence = models.CharField(_("lisensi"), max_length=200)
    is_indicative = models.BooleanField(_("batas indikatif"), default=True)
    repairs = models.JSONField(_("perbaikan"), default=dict, blank=True)
    imported_at = models.DateTimeField(_("diimpor"), auto_now_add=True)
    valid_from = models.DateTimeField(_("berlaku sejak"))
    valid_to = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("versi batas")
        ordering = ("-valid_from",)
        constraints = (
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(valid_to__isnull=True),
                name="boundary_version_one_current",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} ({self.valid_from:%Y-%m-%d})"


class KecamatanBoundary(models.Model):
    """The union of the kelurahan of a kecamatan in one version."""

    version = models.ForeignKey(BoundaryVersion, models.CASCADE, related_name="kecamatan_boundaries")
    area = models.ForeignKey(Kecamatan, models.PROTECT, related_name="boundaries")
    geometry = models.MultiPolygonField(_("batas"), srid=4326)

    class Meta:
        verbose_name = verbose_name_plural = _("batas kecamatan")
        constraints = (models.UniqueConstraint(fields=("version", "area"), name="kecamatan_boundary_once"),)

    def __str__(self) -> str:
        return f"{self.area_id} v{self.version_id}"


class KelurahanBoundary(models.Model):
    """The polygon of a kelurahan in one version. The polygons of a version tile the city."""

    version = models.ForeignKey(BoundaryVersion, models.CASCADE, related_name="kelurahan_boundaries")
    area = models.ForeignKey(Kelurahan, models.PROTECT, related_name="boundaries")
    geometry = models.MultiPolygonField(_("batas"), srid=4326)
    anchor = models.PointField(_("titik wakil"), srid=4326, help_text=_("Titik di dalam kelurahan untuk label."))

    class Meta:
        verbose_name = verbose_name_plural = _("batas kelurahan")
        constraints = (models.UniqueConstraint(fields=("version", "area"), name="kelurahan_boundary_once"),)

    def __str__(self) -> str:
        return f"{self.area_id} v{self.version_id}"


class KelurahanPiece(models.Model):
    """The boundaries in force cut into small pieces, so that placing a point reads little.

    A copy made by `boundaries.install`: narrow rows, few vertices (ST_Subdivide). Its GiST index
    serves the point-in-kelurahan query of `routing.place`. `geometry_m` is the same piece in the
    city's metre system, for the distance to a border.
    """

    area = models.ForeignKey(Kelurahan, models.CASCADE, related_name="+")
    geometry = models.PolygonField(srid=4326)
    geometry_m = models.PolygonField(srid=0)

    def __str__(self) -> str:
        return str(self.area_id)


class NeighbourPiece(models.Model):
    """A piece of a municipality next to the city: only to say whose place a point outside is."""

    name = models.CharField(max_length=60)
    geometry_m = models.PolygonField(srid=0)

    def __str__(self) -> str:
        return self.name
