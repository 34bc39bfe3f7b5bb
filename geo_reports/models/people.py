"""People who work with reports: in which role, for which agency, and what they looked at."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency, Category
from geo_reports.models.areas import Kecamatan
from geo_reports.models.reports import Report


class DeskRole(models.TextChoices):
    """In which role somebody opens the desk. All but OFFICER are names of user groups."""

    VERIFIER = "verifier", _("Verifikator")
    OFFICER = "officer", _("Petugas SKPD")
    LEADER = "leader", _("Pimpinan")
    ADMINISTRATOR = "administrator", _("Administrator")


class Membership(models.Model):
    """A petugas' place of work; with categories or kecamatan, only for reports of those."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="memberships", verbose_name=_("instansi"))
    categories = models.ManyToManyField(
        Category, blank=True, related_name="+", verbose_name=_("hanya kategori"), help_text=_("Kosong: semua.")
    )
    kecamatan = models.ManyToManyField(
        Kecamatan, blank=True, related_name="+", verbose_name=_("hanya kecamatan"), help_text=_("Kosong: semua.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("petugas SKPD")
        constraints = (models.UniqueConstraint(fields=("user", "agency"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.agency_id}"


class PersonalDataLook(models.Model):
    """Somebody looked at personal data: appended by `privacy`, never edited; a trigger of the table refuses it."""

    class What(models.TextChoices):
        IDENTITY = "identity", _("Nama dan kontak pelapor")
        ORIGINAL_TEXT = "original_text", _("Uraian sebelum disunting")
        ORIGINAL_PHOTO = "original_photo", _("Foto sebelum disamarkan")
        EXPORT = "export", _("Unduhan data pribadi")

    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="looks", verbose_name=_("laporan"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="looks", verbose_name=_("oleh")
    )
    username = models.CharField(_("nama akun"), max_length=150, help_text=_("Tetap ada bila akun dihapus."))
    role = models.CharField(
        _("peran"),
        max_length=20,
        choices=DeskRole,
        blank=True,
        db_default="",
        help_text=_("Ditunjukkan kepada pelapor."),
    )
    what = models.CharField(_("yang dilihat"), max_length=20, choices=What)
    reason = models.CharField(_("alasan"), max_length=240, blank=True)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = verbose_name_plural = _("catatan akses data pribadi")
        ordering = ("-at", "-pk")
        # The log at the desk, newest first, of everybody or of one account.
        indexes = (
            models.Index(fields=("-at", "-id"), name="look_newest"),
            models.Index(fields=("username", "-at"), name="look_by_account"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.what}"


class DataRequest(models.Model):
    """A reporter used a right over the own data. Says that it happened and when, never with what content."""

    class What(models.TextChoices):
        CORRECT = "correct", _("Data pelapor diperbaiki")
        EXPORT = "export", _("Data pelapor diunduh")
        ERASE = "erase", _("Data pelapor dihapus")

    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, related_name="data_requests", verbose_name=_("laporan")
    )
    what = models.CharField(_("hak yang dipakai"), max_length=10, choices=What)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = verbose_name_plural = _("permintaan pelapor atas datanya")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.what} {self.at:%Y-%m-%d}"


class RetentionRule(models.Model):
    """How long something personal is kept after a report was closed; dated, so that the past stays explainable."""

    class What(models.TextChoices):
        IDENTITY = "identity", _("Nama dan kontak pelapor")
        ORIGINALS = "originals", _("Uraian dan foto asli yang disunting")
        WITHHELD = "withheld", _("Isi laporan yang tidak ditayangkan")
        DIALOGUE = "dialogue", _("Jawaban dan keberatan pelapor, catatan internal")
        PLACE = "place", _("Titik tepat yang tidak tampil untuk umum")
        LOOKS = "looks", _("Catatan akses data pribadi")

    what = models.CharField(_("yang disimpan"), max_length=20, choices=What)
    keep_days = models.PositiveIntegerField(_("disimpan (hari)"))
    source = models.CharField(_("sumber"), max_length=300, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("jadwal retensi")
        constraints = (
            models.UniqueConstraint(fields=("what", "valid_from"), name="retention_once", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.keep_days}"
