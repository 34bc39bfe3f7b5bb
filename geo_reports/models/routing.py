"""Who answers where, as it is edited: rules, features with an owner, and the order of evidence.

All of it is a draft: nothing here counts before `routing.versions` publishes it.
"""

from datetime import date

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency, Category
from geo_reports.models.areas import Kecamatan, Kelurahan


class Evidence(models.TextChoices):
    """What can speak for an agency, by the usual order of strength."""

    ASSET = "asset", _("aset di peta")
    ROAD = "road", _("ruas jalan di peta")
    ESTATE = "estate", _("kawasan pengembang di peta")
    ROAD_NAME = "road_name", _("nama jalan")
    KELURAHAN = "kelurahan", _("aturan kelurahan")
    KECAMATAN = "kecamatan", _("aturan kecamatan")
    CITY = "city", _("aturan seluruh kota")
    OFFICE = "office", _("kantor kecamatan")


def check_period(valid_from: date | None, valid_to: date | None) -> None:
    """Raise ValidationError for a period without a day in it."""
    if valid_from and valid_to and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("Tanggal berakhir harus setelah tanggal mulai.")})


def check_agency(row: "RoutingRule | RoutingFeature") -> None:
    """Raise ValidationError when on no day of the row's period anybody acts for its agency."""
    try:
        agency = row.agency if row.agency_id else None
    except Agency.DoesNotExist:
        return  # reference data are checked before the agencies beside them are stored
    if agency is None or agency.successor_id or not agency.valid_to:
        return
    if row.valid_from and row.valid_from >= agency.valid_to:
        ended = _("Instansi ini tidak lagi bertugas sejak %(day)s dan tidak punya pengganti.")
        raise ValidationError({"agency": ended % {"day": agency.valid_to.isoformat()}})


class RoutingEvidence(models.Model):
    """How strong a kind of evidence is (1 is strongest), and for which categories it counts."""

    kind = models.CharField(_("bukti"), max_length=10, choices=Evidence, primary_key=True)
    rank = models.PositiveSmallIntegerField(
        _("urutan kekuatan"), unique=True, validators=[MinValueValidator(1)], help_text=_("1 paling kuat.")
    )
    categories = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("kategori"),
        default=list,
        blank=True,
        help_text=_("Kode kategori, dipisah koma. Kosong berarti semua kategori."),
    )
    note = models.CharField(_("penjelasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("urutan bukti")
        ordering = ("rank",)

    def __str__(self) -> str:
        return f"{self.rank}. {self.get_kind_display()}"


class RoutingRule(models.Model):
    """Category in an area, on a date -> agency. No area means the whole city.

    Among rules of one breadth the lowest `priority` wins; two agencies on the same priority are a
    conflict, which a person has to settle. The reason is the sentence that people read.
    """

    category = models.ForeignKey(Category, models.CASCADE, related_name="rules", verbose_name=_("kategori"))
    kecamatan = models.ForeignKey(Kecamatan, models.CASCADE, null=True, blank=True, verbose_name=_("kecamatan"))
    kelurahan = models.ForeignKey(Kelurahan, models.CASCADE, null=True, blank=True, verbose_name=_("kelurahan"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="rules", verbose_name=_("instansi"))
    priority = models.PositiveSmallIntegerField(_("prioritas"), default=100)
    reason = models.CharField(_("alasan"), max_length=240, help_text=_("Dibaca warga: “karena …”."))
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("aturan penugasan")
        ordering = ("category", "priority", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kecamatan__isnull=True) | models.Q(kelurahan__isnull=True),
                name="rule_names_one_area_at_most",
            ),
            models.UniqueConstraint(
                fields=("category", "kecamatan", "kelurahan", "agency", "valid_from"),
                name="rule_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.category_id} @ {self.kelurahan_id or self.kecamatan_id or 'kota'} → {self.agency_id}"

    def clean(self) -> None:
        """Refuse a rule that could never be applied."""
        check_period(self.valid_from, self.valid_to)
        if self.kecamatan_id and self.kelurahan_id:
            raise ValidationError({"kelurahan": _("Pilih kecamatan atau kelurahan, tidak keduanya.")})
        check_agency(self)


class RoutingFeature(models.Model):
    """Something with an owner: an asset, a road, an estate. Without a geometry only its name speaks."""

    class Kind(models.TextChoices):
        ASSET = "asset", _("Aset")
        ROAD = "road", _("Jalan")
        ESTATE = "estate", _("Kawasan pengembang")

    class RoadClass(models.TextChoices):
        NATIONAL = "national", _("jalan nasional")
        PROVINCIAL = "provincial", _("jalan provinsi")
        CITY = "city", _("jalan kota")
        PRIVATE = "private", _("jalan pengembang")
        TOLL = "toll", _("jalan tol")

    class Confidence(models.TextChoices):
        """Evidence of low confidence alone decides nothing: a person does."""

        HIGH = "high", _("tinggi")
        MEDIUM = "medium", _("sedang")
        LOW = "low", _("rendah")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    name = models.CharField(_("nama"), max_length=120)
    aliases = ArrayField(models.CharField(max_length=120), verbose_name=_("nama lain"), default=list, blank=True)
    road_class = models.CharField(_("status jalan"), max_length=10, choices=RoadClass, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="features", verbose_name=_("pemilik"))
    categories = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("kategori"),
        default=list,
        blank=True,
        help_text=_("Kode kategori, dipisah koma. Kosong berarti semua kategori dari jenis bukti ini."),
    )
    geometry = models.GeometryField(_("bentuk"), srid=4326, null=True, blank=True, spatial_index=False)
    reach_m = models.FloatField(
        _("jangkauan (m)"), default=15, validators=[MinValueValidator(0), MaxValueValidator(500)]
    )
    reason = models.CharField(_("alasan"), max_length=240, help_text=_("Dibaca warga: “karena …”."))
    source = models.CharField(_("sumber"), max_length=300)
    as_of = models.DateField(_("keadaan per"), null=True, blank=True)
    confidence = models.CharField(_("keyakinan"), max_length=6, choices=Confidence, default=Confidence.MEDIUM)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("jalan, kawasan, aset")
        verbose_name_plural = _("jalan, kawasan, aset")
        ordering = ("kind", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "name", "agency", "valid_from"), name="feature_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what could never be evaluated: no shape, a broken one, the wrong sort."""
        check_period(self.valid_from, self.valid_to)
        check_agency(self)
        problem = self._shape_problem()
        if problem:
            raise ValidationError({"geometry": problem})

    def _shape_problem(self) -> str:
        if self.geometry is None:
            return "" if self.kind == self.Kind.ROAD else str(_("Aset dan kawasan memerlukan bentuk di peta."))
        if self.geometry.empty or not self.geometry.valid:
            return str(_("Bentuk itu tidak sah: %(why)s.") % {"why": self.geometry.valid_reason})
        lines, areas = {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"}
        if self.kind == self.Kind.ROAD and self.geometry.geom_type not in lines:
            return str(_("Jalan digambar sebagai garis."))
        if self.kind == self.Kind.ESTATE and self.geometry.geom_type not in areas:
            return str(_("Kawasan digambar sebagai bidang."))
        return ""
