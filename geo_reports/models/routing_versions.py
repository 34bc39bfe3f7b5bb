"""What was published: versions, what the engine reads of them, and the runs that use them.

A version is written by `routing.versions`; grounds, claims, names and pieces are derived from it by
`routing.compiling` and never edited; runs are written by `routing.runs`.
"""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.utils.translation import gettext_lazy as _

from geo_reports.models.agencies import Agency, Category
from geo_reports.models.routing import Evidence


class RoutingVersion(models.Model):
    """The rules, features and order of evidence as they stood at one moment, kept for good.

    `content` holds the rows of the three draft tables. A rehearsal was never in force: it is the
    draft that a preview replays, and it is swept away by the next one.
    """

    content = models.JSONField(_("isi"))
    is_rehearsal = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    published_at = models.DateTimeField(_("diterbitkan"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    restored_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dipulihkan dari")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("versi aturan")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{_('Versi')} {self.pk}"


class RoutingGround(models.Model):
    """What the rules say for a category in a kelurahan (`area`, empty: in no known one) during a period.

    No agency means a gap, or a conflict when `is_conflict`. `lines` are the candidates in order,
    as `routing.engine` writes them into a trace; `beaten` the same when stronger evidence won.
    """

    version = models.ForeignKey(RoutingVersion, models.CASCADE, related_name="grounds")
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    area = models.CharField(max_length=13, blank=True)
    in_force = DateRangeField()
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=240)
    is_conflict = models.BooleanField(default=False)
    lines = models.JSONField()
    beaten = models.JSONField()

    class Meta:
        indexes = (
            # The grounds of one spot: routing.engine.
            models.Index(fields=("version", "category", "area"), name="ground_of_spot"),
        )

    def __str__(self) -> str:
        return f"{self.category_id} @ {self.area}: {self.agency_id}"


class RoutingClaim(models.Model):
    """What a feature says, by its shape or by its name, for whoever acts as its owner during a period.

    `keys` are street keys (SQL function geo_reports_street_key) of a road's names. `outline_m` is
    the border of a polygon in the city's metre system; `is_weak` evidence cannot decide alone.
    """

    version = models.ForeignKey(RoutingVersion, models.CASCADE, related_name="claims")
    feature_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Evidence)
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    keys = ArrayField(models.CharField(max_length=120))
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    categories = ArrayField(models.CharField(max_length=40))
    in_force = DateRangeField()
    reach_m = models.FloatField()
    reason = models.CharField(max_length=240)
    is_weak = models.BooleanField(default=False)
    outline_m = models.GeometryField(srid=0, null=True, spatial_index=False)

    class Meta:
        indexes = (
            # The road names of a version: routing.engine.
            models.Index(fields=("version", "kind"), name="claim_of_version"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.agency_id}"


class RoutingName(models.Model):
    """A street key of a claim with its rarest trigrams: an address that holds none of them is not like it.

    Word similarity of at least t needs a share t of the key's n trigrams, so of any n - ceil(t n) + 1
    of them at least one.
    """

    claim = models.ForeignKey(RoutingClaim, models.CASCADE, related_name="names")
    key = models.CharField(max_length=120)
    probes = ArrayField(models.TextField())

    class Meta:
        # The few names worth comparing with an address: routing.engine.
        indexes = (GinIndex(fields=("probes",), name="name_probes", fastupdate=False),)

    def __str__(self) -> str:
        return self.key


class RoutingPiece(models.Model):
    """A claim's shape cut small, in metres; `zone` is its box widened by the reach."""

    claim = models.ForeignKey(RoutingClaim, models.CASCADE, related_name="pieces")
    geometry_m = models.GeometryField(srid=0, spatial_index=False)
    zone = models.GeometryField(srid=0, spatial_index=False)

    class Meta:
        # Claims that reach a point: routing.engine.
        indexes = (GistIndex(fields=("zone",), name="piece_zone"),)

    def __str__(self) -> str:
        return str(self.claim_id)


class RoutingRun(models.Model):
    """A preview or a re-routing at work: how far it is, and what came out. Resumable from `last_id`."""

    class Kind(models.TextChoices):
        PREVIEW = "preview", _("Pratinjau")
        REROUTE = "reroute", _("Penugasan ulang")

    class State(models.TextChoices):
        RUNNING = "running", _("berjalan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    version = models.ForeignKey(RoutingVersion, models.CASCADE, related_name="runs")
    compared_with = models.ForeignKey(RoutingVersion, models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    first_id = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField(auto_now=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            # Two re-routings at once would end the same spells twice.
            models.UniqueConstraint(
                fields=("kind",),
                condition=models.Q(kind="reroute", state="running"),
                name="reroute_one_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.done}/{self.total}"
