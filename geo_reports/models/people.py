"""People around a report: which officer works for which agency."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency


class Membership(models.Model):
    """A user's place of work. Verifikator have none: they serve the whole city (group `verifier`)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="memberships", verbose_name=_("instansi"))

    class Meta:
        verbose_name = verbose_name_plural = _("petugas SKPD")
        constraints = (models.UniqueConstraint(fields=("user", "agency"), name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.agency_id}"
