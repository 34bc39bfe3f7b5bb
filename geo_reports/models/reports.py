"""A report and its photos.

Each fact has one writer: `intake.submit` creates, `routing` places and assigns, `transitions`
moves the status and its clocks, `moderation` decides visibility. Nothing here writes.
"""

import uuid

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency, Category, ReportKind, ResponseTarget
from geo_reports.models.areas import Kecamatan, Kelurahan
from geo_reports.models.report_query import ReportQuerySet
from geo_reports.workflow import OPEN, Status


class Report(models.Model):
    """One problem that a person saw. `point` is exact and restricted; `public_point` is for showing."""

    class Channel(models.TextChoices):
        WEB = "web", _("Situs web")
        EMAIL = "email", _("Surel")
        SMS = "sms", _("SMS")
        OPEN311 = "open311", _("Open311")
        IMPORT = "import", _("Impor")

    Kind = ReportKind

    class Visibility(models.TextChoices):
        """PENDING shows place, category and status only: the text waits for a person."""

        PENDING = "pending", _("Menunggu pemeriksaan")
        PUBLISHED = "published", _("Ditayangkan")
        WITHHELD = "withheld", _("Tidak ditayangkan")
        CONFIDENTIAL = "confidential", _("Rahasia")

    class Placement(models.TextChoices):
        POINT = "point", _("Titik di peta")
        CHOSEN = "chosen", _("Kelurahan dipilih pelapor")
        NONE = "none", _("Tanpa lokasi")

    class WithheldReason(models.TextChoices):
        """Why a report is not shown; always told to the reporter, who may edit and send again."""

        INSULT = "insult", _("Mengandung kata kasar atau penghinaan")
        PERSONAL_ATTACK = "personal_attack", _("Menyerang pribadi atau tuduhan tanpa bukti")
        HATE = "hate", _("SARA atau ujaran kebencian")
        PROMOTION = "promotion", _("Promosi atau iklan")
        OFF_TOPIC = "off_topic", _("Di luar topik: bukan urusan layanan kota")
        CAMPAIGN = "campaign", _("Kampanye politik")
        BAD_PHOTO = "bad_photo", _("Foto tidak sesuai atau tidak jelas")
        PERSONAL_DATA = "personal_data", _("Foto atau uraian memuat data pribadi")
        OUTSIDE = "outside", _("Lokasi di luar wilayah kota")
        DUPLICATE = "duplicate", _("Laporan ganda")
        HOAX = "hoax", _("Informasi palsu")
        VIOLENCE = "violence", _("Pornografi atau kekerasan")
        INCOMPLETE = "incomplete", _("Kurang lengkap: bisa diperbaiki dan dikirim ulang")
        EMERGENCY = "emergency", _("Keadaan darurat: hubungi 112")

    code = models.CharField(_("nomor laporan"), max_length=16, unique=True)
    submission_id = models.UUIDField(_("id pengiriman"), unique=True, default=uuid.uuid4)
    secret = models.UUIDField(_("kunci pelapor"), default=uuid.uuid4, editable=False)
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel, default=Channel.WEB)
    is_demo = models.BooleanField(_("data contoh"), default=False)

    category = models.ForeignKey(Category, models.PROTECT, related_name="reports", verbose_name=_("kategori"))
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.COMPLAINT, db_default=Kind.COMPLAINT)
    text = models.TextField(_("uraian"), max_length=4000, help_text=_("Yang boleh dibaca umum setelah ditayangkan."))
    original_text = models.TextField(
        _("uraian asli"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Terisi bila sebagian uraian disunting; terbatas."),
    )
    address = models.CharField(_("alamat atau patokan"), max_length=200, blank=True)

    reporter_name = models.CharField(_("nama pelapor"), max_length=80, blank=True)
    reporter_contact = models.CharField(_("kontak pelapor"), max_length=120, blank=True)
    is_anonymous = models.BooleanField(_("anonim"), default=True)
    wants_confidential = models.BooleanField(_("diminta rahasia oleh pelapor"), default=False, db_default=False)

    point = models.PointField(_("titik"), srid=4326, null=True, blank=True, spatial_index=False)
    public_point = models.PointField(_("titik tayang"), srid=4326, null=True, blank=True, spatial_index=False)
    accuracy_m = models.FloatField(_("ketelitian (m)"), null=True, blank=True)
    placement = models.CharField(_("asal lokasi"), max_length=6, choices=Placement, default=Placement.NONE)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, null=True, related_name="reports")
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, null=True, related_name="reports")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="reports", verbose_name=_("SKPD"))
    place_answer = models.CharField(
        _("jawaban pelapor tentang tempat"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("Misalnya road:12."),
    )
    undecided = models.JSONField(
        _("belum dapat ditentukan"), null=True, blank=True, help_text=_("Calon dan jejak bila aturan tidak memutuskan.")
    )

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.WAITING)
    visibility = models.CharField(_("penayangan"), max_length=12, choices=Visibility, default=Visibility.PENDING)
    withheld_reason = models.CharField(_("alasan tidak ditayangkan"), max_length=20, choices=WithheldReason, blank=True)
    submitted_at = models.DateTimeField(_("dikirim"))
    amended_at = models.DateTimeField(_("diubah pelapor"), null=True, blank=True)
    forwarded_at = models.DateTimeField(_("diteruskan"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ditangani")
    )
    due_on = models.DateField(_("tenggat"), null=True, blank=True, help_text=_("Hari terakhir yang masih tepat waktu."))
    due_step = models.CharField(
        _("langkah bertenggat"), max_length=10, choices=ResponseTarget.Step, blank=True, default="", db_default=""
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", db_index=False
    )
    merged_via = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        help_text=_("Laporan utama sebelumnya, bila kelompoknya digabung ke yang lain; lihat `groups`."),
    )  # fmt: skip
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)
    version = models.PositiveIntegerField(
        _("versi"), default=0, db_default=0, help_text=_("Naik dengan tiap tindakan; lihat `locks`.")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("laporan")
        ordering = ("-submitted_at", "-pk")
        indexes = (
            # The public list and every export, newest first.
            models.Index("submitted_at", "id", name="report_newest"),
            # The list, map counts and analytics of one kelurahan, kecamatan, agency or category.
            models.Index(fields=("kelurahan", "submitted_at"), name="report_kelurahan"),
            models.Index(fields=("kecamatan", "submitted_at"), name="report_kecamatan"),
            models.Index(fields=("agency", "submitted_at"), name="report_agency"),
            models.Index(fields=("category", "submitted_at"), name="report_category"),
            # The desk's queue: open reports by due date, of one agency or of the city.
            models.Index(
                "agency", "due_on", "id", condition=models.Q(status__in=sorted(OPEN)), name="report_due_by_agency"
            ),
            models.Index("due_on", "id", condition=models.Q(status__in=sorted(OPEN)), name="report_due"),
            # Single piles of the queue that hold few of the open reports: by status, of one person, without a place.
            models.Index(
                "status", "due_on", "id", condition=models.Q(status__in=sorted(OPEN)), name="report_due_by_status"
            ),
            models.Index(
                "agency",
                "status",
                "due_on",
                "id",
                condition=models.Q(status__in=sorted(OPEN)),
                name="report_due_by_agency_status",
            ),
            models.Index(
                "handler",
                "due_on",
                "id",
                condition=models.Q(status__in=sorted(OPEN), handler__isnull=False),
                name="report_due_by_handler",
            ),
            models.Index(
                "due_on",
                "id",
                condition=models.Q(status__in=sorted(OPEN), kelurahan__isnull=True),
                name="report_due_unplaced",
            ),
            # The oldest open reports of an agency: its public page.
            models.Index(
                "agency", "submitted_at", condition=models.Q(status__in=sorted(OPEN)), name="report_open_by_agency"
            ),
            # The members of a merged group, the parts of a split report.
            models.Index("merged_into", condition=models.Q(merged_into__isnull=False), name="report_duplicates"),
            models.Index("merged_via", condition=models.Q(merged_via__isnull=False), name="report_merged_via"),
            models.Index("part_of", condition=models.Q(part_of__isnull=False), name="report_parts"),
            # The list and map filtered by status.
            models.Index(fields=("status", "submitted_at"), name="report_status"),
            # The demo banner on every page, and remove_demo.
            models.Index(fields=("id",), condition=models.Q(is_demo=True), name="report_demo"),
            # What a person has to decide: /metrics and the desk.
            models.Index(fields=("id",), condition=models.Q(undecided__isnull=False), name="report_undecided"),
            # Reports of the same problem near by; see casework.duplicates.
            GistIndex(fields=("public_point",), name="report_public_point"),
            # All reports of one contact: the link that "data saya" mails.
            models.Index(Upper("reporter_contact"), condition=~models.Q(reporter_contact=""), name="report_contact"),
            # Free-text search `q` over published texts (ILIKE '%…%', which Django writes as UPPER LIKE).
            GinIndex(OpClass(Upper("text"), name="gin_trgm_ops"), name="report_text_trgm"),
            # The desk's search looks in the address too.
            GinIndex(OpClass(Upper("address"), name="gin_trgm_ops"), name="report_address_trgm"),
        )

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The public page of the report."""
        return reverse("reports:detail", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether the problem is still unsettled."""
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether the next step should have been done before today."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def disclosed_name(self) -> str:
        """The reporter's name as everybody may read it; "" for who is anonymous, confidential or not published."""
        return self.reporter_name if self.is_published and not self.is_anonymous else ""

    @property
    def area_label(self) -> str:
        """`Kel. X, Kec. Y`, as much of it as is known; "" for nothing. Needs both to be loaded to cost no query."""
        if self.kelurahan:
            return self.kelurahan.label
        return self.kecamatan.label if self.kecamatan else ""

    @property
    def is_published(self) -> bool:
        """Whether text, photos and name may be shown to everybody."""
        return self.visibility == self.Visibility.PUBLISHED


def photo_path(photo: "Photo", filename: str) -> str:
    """Where a photo file is stored: spread over folders by id, the uploader's file name unused."""
    return f"photos/{photo.uid.hex[:2]}/{photo.uid.hex}/{filename}"


class Photo(models.Model):
    """A re-encoded photo without metadata, in two sizes. The upload itself is not kept.

    `image` and `thumbnail` are what is shown. Once parts of a photo are masked, the files without
    masks are the restricted `original_*`; until then those are empty. `photos.storing` writes all.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", _("Sebelum")
        AFTER = "after", _("Sesudah")
        STILL = "still", _("Masih belum beres")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    kind = models.CharField(_("jenis"), max_length=6, choices=Kind, default=Kind.BEFORE)
    is_hidden = models.BooleanField(_("tidak untuk umum"), default=False, db_default=False)
    image = models.FileField(_("foto"), upload_to=photo_path)
    thumbnail = models.FileField(_("foto kecil"), upload_to=photo_path)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    original_image = models.FileField(_("foto asli"), upload_to=photo_path, blank=True, default="", db_default="")
    original_thumbnail = models.FileField(
        _("foto asli kecil"), upload_to=photo_path, blank=True, default="", db_default=""
    )
    copy_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", help_text=_("Foto laporan yang dipecah.")
    )
    masks = models.JSONField(_("bagian yang disamarkan"), blank=True, default=list, db_default=[])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("foto")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def is_masked(self) -> bool:
        """Whether parts of what is shown are covered."""
        return bool(self.original_image)

    @property
    def unmasked_image(self) -> FieldFile:
        """The large file without masks; not for everybody."""
        return self.original_image or self.image
