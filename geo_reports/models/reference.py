"""What the reference data looked like when it was last loaded, so that edits made here survive a restart."""

from django.db import models


class LoadedRow(models.Model):
    """One row of a file of reference data: the digest of what `load_reference` last read there."""

    file = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("file", "key"), name="loaded_row_once"),)

    def __str__(self) -> str:
        return f"{self.file}: {self.key}"
