"""What happened to a report: spells of responsibility, status changes, public answers.

Nothing here writes: `routing` and `transitions` do.
"""

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency
from geo_reports.models.reports import Report
from geo_reports.workflow import Role, Status


class Assignment(models.Model):
    """A spell of responsibility: from when to when which agency answered for the report, and why.

    `routing` writes agency, started_at, ended_at, reason and trace; `transitions` writes
    responded_at and completed_at, once; `deadlines` writes due_on. A spell is never edited otherwise,
    so time at a wrong SKPD is never charged to the next one.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="assignments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assignments", verbose_name=_("SKPD"))
    started_at = models.DateTimeField(_("mulai"))
    ended_at = models.DateTimeField(_("berakhir"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=400)
    trace = models.JSONField(_("jejak keputusan"), default=list)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    responded_at = models.DateTimeField(_("tanggapan pertama"), null=True, blank=True)
    completed_at = models.DateTimeField(_("dinyatakan selesai"), null=True, blank=True)
    due_on = models.DateField(
        _("tenggat penyelesaian"), null=True, blank=True, help_text=_("Hari terakhir yang masih tepat waktu.")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("penugasan")
        ordering = ("started_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=models.Q(ended_at__isnull=True), name="assignment_one_current"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="assignment_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} → {self.agency_id}"


class StatusChange(models.Model):
    """One step in a report's history. Appended by `transitions`, never edited or deleted."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="changes")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="changes")
    from_status = models.CharField(_("dari status"), max_length=12, choices=Status, blank=True)
    to_status = models.CharField(_("menjadi"), max_length=12, choices=Status)
    at = models.DateTimeField(_("waktu"))
    role = models.CharField(_("peran"), max_length=10, choices=Role)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    note = models.CharField(_("catatan untuk umum"), max_length=500, blank=True)
    no_photo_reason = models.CharField(
        _("alasan tanpa foto sesudah"),
        max_length=240,
        blank=True,
        default="",
        db_default="",
        help_text=_("Hanya pada “selesai”."),
    )
    owner = models.CharField(
        _("pemilik urusan"), max_length=120, blank=True, db_default="", help_text=_("Hanya pada “bukan kewenangan”.")
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("membatalkan")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("perubahan status")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report_id}: {self.from_status} → {self.to_status}"


class Reply(models.Model):
    """A public answer of an agency. It stops the first-response clock of its spell."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="replies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="replies", verbose_name=_("SKPD"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    text = models.TextField(_("tanggapan"), max_length=4000)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = verbose_name_plural = _("tanggapan")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.agency_id}"
