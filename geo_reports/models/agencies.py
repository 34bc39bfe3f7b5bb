"""Who answers for what: agencies (SKPD and outside owners), categories, rules, targets, holidays."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from geo_reports.models.areas import Kecamatan


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies by the names that people use for them."""

    def named(self, name: str) -> "AgencyQuerySet":
        """Those that bear `name` today or took over from one that did: `DKPP` finds its successors."""
        return self.filter(
            models.Q(slug__iexact=name)
            | models.Q(short_name__iexact=name)
            | models.Q(name__iexact=name)
            | models.Q(predecessors__icontains=name)
        )


class Agency(models.Model):
    """A body that can be responsible: an SKPD, a kecamatan office, or an owner outside the city.

    From `valid_to` on the `successor` acts in its place, in every rule that names it.
    """

    class Kind(models.TextChoices):
        SKPD = "skpd", _("Dinas/SKPD")
        KECAMATAN = "kecamatan", _("Kantor kecamatan")
        PROVINCE = "province", _("Pemerintah provinsi")
        NATIONAL = "national", _("Pemerintah pusat")
        UTILITY = "utility", _("Penyedia layanan")
        DEVELOPER = "developer", _("Pengembang")

    slug = models.SlugField(_("alamat"), max_length=40, primary_key=True)
    short_name = models.CharField(_("nama singkat"), max_length=40)
    name = models.CharField(_("nama lengkap"), max_length=160)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    predecessors = ArrayField(
        models.CharField(max_length=160), verbose_name=_("nama terdahulu"), default=list, blank=True
    )
    kecamatan = models.OneToOneField(
        Kecamatan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="office",
        verbose_name=_("kantor kecamatan"),
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pengganti")
    )
    contact = models.CharField(_("kontak umum"), max_length=200, blank=True)
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("instansi")
        ordering = ("short_name",)

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_city(self) -> bool:
        """Whether the city itself commands this agency."""
        return self.kind in {self.Kind.SKPD, self.Kind.KECAMATAN}

    def clean(self) -> None:
        """Refuse validity that cannot be, and successors that end where they began."""
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValidationError({"valid_to": _("Tanggal berakhir harus setelah tanggal mulai.")})
        seen, heir = {self.slug}, self.successor
        while heir is not None:
            if heir.slug in seen:
                raise ValidationError({"successor": _("Pengganti tidak boleh berputar kembali ke instansi ini.")})
            seen.add(heir.slug)
            heir = heir.successor


class Category(models.Model):
    """What a report is about. `is_sensitive` hides the exact point: such reports are about people."""

    slug = models.SlugField(_("kode"), max_length=40, primary_key=True)
    name = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80)
    hint = models.CharField(_("contoh"), max_length=160, blank=True)
    hint_en = models.CharField(_("contoh (Inggris)"), max_length=160, blank=True)
    icon = models.CharField(_("ikon"), max_length=40)
    keywords = ArrayField(models.CharField(max_length=40), verbose_name=_("kata kunci"), default=list, blank=True)
    is_sensitive = models.BooleanField(_("lokasi disamarkan"), default=False)
    is_active = models.BooleanField(_("dapat dipilih"), default=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=100)

    class Meta:
        verbose_name = verbose_name_plural = _("kategori")
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class ReportKind(models.TextChoices):
    """What is asked for, as SP4N-LAPOR tells it apart: each kind has time limits of its own."""

    COMPLAINT = "complaint", _("Pengaduan")
    OVERSIGHT = "oversight", _("Pengaduan berkadar pengawasan")
    INFORMATION = "information", _("Permintaan informasi")
    ASPIRATION = "aspiration", _("Aspirasi")


class ResponseTarget(models.Model):
    """How many working days a step may take.

    No category or no kind means every one without a target of its own; a category counts before a kind.
    """

    class Step(models.TextChoices):
        VERIFY = "verify", _("Verifikasi")
        RESPOND = "respond", _("Tanggapan pertama")
        RESOLVE = "resolve", _("Penyelesaian")
        INFORM = "inform", _("Jawaban pelapor atas pertanyaan")
        CONFIRM = "confirm", _("Keberatan pelapor setelah selesai")

    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("kategori"))
    kind = models.CharField(
        _("jenis laporan"),
        max_length=12,
        choices=ReportKind,
        blank=True,
        default="",
        db_default="",
        help_text=_("Kosong: semua jenis."),
    )
    step = models.CharField(_("langkah"), max_length=10, choices=Step)
    working_days = models.PositiveSmallIntegerField(_("hari kerja"))
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("standar waktu layanan")
        constraints = (
            models.UniqueConstraint(
                fields=("category", "kind", "step", "valid_from"), name="target_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.working_days} hk"


class Holiday(models.Model):
    """A day on which offices do not work, besides Saturday and Sunday."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("Libur nasional")
        COLLECTIVE = "collective_leave", _("Cuti bersama")

    date = models.DateField(_("tanggal"), primary_key=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind)
    source = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("hari libur")
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
