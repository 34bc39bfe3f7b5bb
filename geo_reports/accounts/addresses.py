"""The one address of an account, `User.email`: always in small letters, because people are found by it."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=User)
def write_small(sender: type[User], *, instance: User, **kwargs: Any) -> None:
    """Whoever saves the account, wherever."""
    instance.email = instance.email.lower()
