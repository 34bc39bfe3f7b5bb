"""What people at the desk write to each other and to the reporter, and what they did to many reports at once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency, Category, ResponseTarget
from geo_reports.models.history import Assignment
from geo_reports.models.reports import Report
from geo_reports.workflow import Role, Status


class Note(models.Model):
    """An internal note: for the desk only, never public."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes", verbose_name=_("laporan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("oleh")
    )
    text = models.TextField(_("catatan internal"), max_length=2000)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = verbose_name_plural = _("catatan internal")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d}"


class Question(models.Model):
    """What the desk asked the reporter; while it is open, the report is in NEEDS_INFO and its clock stands."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="questions", verbose_name=_("laporan"))
    text = models.TextField(_("pertanyaan"), max_length=1000)
    role = models.CharField(_("peran"), max_length=10, choices=Role)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("waktu"))
    answer = models.TextField(_("jawaban pelapor"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    closed_at = models.DateTimeField(
        _("tidak lagi menunggu"), null=True, blank=True, help_text=_("Dijawab, ditarik, atau laporannya berlanjut.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("pertanyaan kepada pelapor")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=models.Q(closed_at__isnull=True), name="question_one_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d}"


class ReplyTemplate(models.Model):
    """A ready answer with variables; empty agency, category or status means any."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="templates", verbose_name=_("SKPD")
    )
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True)
    title = models.CharField(_("judul"), max_length=80)
    text = models.TextField(_("isi"), max_length=4000)
    is_demo = models.BooleanField(_("data contoh"), default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("templat jawaban")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title


class Nudge(models.Model):
    """That somebody was told of a due date: once for each spell and step."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Pengingat")
        ESCALATION = "escalation", _("Eskalasi kepada pimpinan")

    report = models.ForeignKey(Report, models.CASCADE, related_name="nudges", verbose_name=_("laporan"))
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="nudges")
    step = models.CharField(_("langkah"), max_length=10, choices=ResponseTarget.Step)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    due_on = models.DateField(_("tenggat"))
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = verbose_name_plural = _("pengingat")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "assignment", "step", "kind"), name="nudge_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.step} {self.kind}"


class BulkAction(models.Model):
    """One act on many reports, with what is needed to take it back."""

    verb = models.CharField(_("tindakan"), max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="bulk_actions", verbose_name=_("oleh")
    )
    parameters = models.JSONField(_("isian"), default=dict)
    at = models.DateTimeField(_("waktu"))
    undone_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("dibatalkan oleh")
    )
    beat_at = models.DateTimeField(_("terakhir bergerak"), default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = _("tindakan massal")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class BulkItem(models.Model):
    """What a bulk action did to one report."""

    class Outcome(models.TextChoices):
        PENDING = "pending", _("Menunggu")
        DONE = "done", _("Berhasil")
        REFUSED = "refused", _("Tidak dapat")
        UNDONE = "undone", _("Dibatalkan")
        KEPT = "kept", _("Tidak dapat dibatalkan")

    action = models.ForeignKey(BulkAction, models.CASCADE, related_name="items")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+", verbose_name=_("laporan"))
    outcome = models.CharField(_("hasil"), max_length=8, choices=Outcome)
    sentence = models.CharField(_("penjelasan"), max_length=300, blank=True)
    before = models.JSONField(_("keadaan sebelumnya"), default=dict)

    class Meta:
        verbose_name = verbose_name_plural = _("bagian tindakan massal")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("action", "report"), name="bulk_item_once"),)

    def __str__(self) -> str:
        return f"{self.action_id} {self.report_id} {self.outcome}"
