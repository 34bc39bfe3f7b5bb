"""What was decided about showing a report, by whom, and how it ended. Written by `moderation` alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo_reports.models.history import StatusChange
from geo_reports.models.reports import Photo, Report


class ModerationDecision(models.Model):
    """One decision about what the public may see. Never edited, except for the note that it was undone."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("Ditayangkan")
        WITHHOLD = "withhold", _("Tidak ditayangkan")
        CONFIDENTIAL = "confidential", _("Dijadikan rahasia")
        REDACT = "redact", _("Kata disunting")
        MASK = "mask", _("Foto disamarkan")

    report = models.ForeignKey(Report, models.CASCADE, related_name="decisions", verbose_name=_("laporan"))
    kind = models.CharField(_("keputusan"), max_length=12, choices=Kind)
    reason = models.CharField(_("alasan"), max_length=20, choices=Report.WithheldReason, blank=True)
    note = models.CharField(_("catatan untuk pelapor"), max_length=500, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("waktu"))
    before = models.JSONField(_("keadaan sebelumnya"), default=dict, help_text=_("Untuk membatalkan; terbatas."))
    waited_since = models.DateTimeField(
        _("menunggu sejak"), null=True, help_text=_("Bila keputusan ini mengakhiri penantian sebuah laporan.")
    )
    change = models.OneToOneField(
        StatusChange, models.SET_NULL, null=True, related_name="decision", verbose_name=_("perubahan status")
    )
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="decisions", verbose_name=_("foto"))
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dibatalkan oleh")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("keputusan penayangan")
        ordering = ("at", "pk")
        # /transparansi/: one month after another.
        indexes = (models.Index("at", "kind", "reason", name="decision_by_month"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind} {self.at:%Y-%m-%d}"


class Appeal(models.Model):
    """The reporter's objection to a withheld report: once, and judged by another verifikator."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Menunggu")
        UPHELD = "upheld", _("Keputusan tetap")
        OVERTURNED = "overturned", _("Keputusan diubah")

    decision = models.OneToOneField(ModerationDecision, models.CASCADE, related_name="appeal")
    text = models.TextField(_("keberatan"), max_length=2000)
    at = models.DateTimeField(_("waktu"))
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    note = models.CharField(_("penjelasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("keberatan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.decision_id} {self.outcome}"


class ReopenRequest(models.Model):
    """Somebody says, with a new photo, that a closed problem is still there; a verifikator decides."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Menunggu")
        ACCEPTED = "accepted", _("Dibuka kembali")
        DECLINED = "declined", _("Tidak dibuka kembali")

    report = models.ForeignKey(Report, models.CASCADE, related_name="reopen_requests", verbose_name=_("laporan"))
    photo = models.OneToOneField(Photo, models.SET_NULL, null=True, related_name="reopen_request")
    text = models.TextField(_("uraian"), max_length=1000)
    at = models.DateTimeField(_("waktu"))
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome, default=Outcome.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    note = models.CharField(_("penjelasan untuk umum"), max_length=500, blank=True, db_default="")

    class Meta:
        verbose_name = verbose_name_plural = _("permintaan buka kembali")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome}"
