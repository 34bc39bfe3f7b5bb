"""How often somebody may do something. Addresses are stored only as keyed hashes, for an hour."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.utils import timezone


class Throttle(models.Model):
    """Hits of one hashed client for one action in one hour; shared by all server processes."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "hour"), name="throttle_key_hour"),)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.hour:%H} {self.hits}"

    @classmethod
    def hit(cls, action: str, client: str) -> int:
        """Count one more `action` by `client` and return how many there were this hour.

        Rows of earlier hours are removed on the way, so nothing about a client outlives the hour.
        """
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        key = hmac.new(settings.SECRET_KEY.encode(), f"{action}:{client}".encode(), hashlib.sha256).hexdigest()
        cls.objects.filter(hour__lt=hour - timedelta(hours=1)).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO geo_reports_throttle (key, hour, hits) VALUES (%s, %s, 1)
                ON CONFLICT (key, hour) DO UPDATE SET hits = geo_reports_throttle.hits + 1
                RETURNING hits
                """,
                [key, hour],
            )
            return int(cursor.fetchone()[0])
