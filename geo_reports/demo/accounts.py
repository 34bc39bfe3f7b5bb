"""Accounts to look around with: a verifikator, a petugas, an administrator. Only for demo servers.

They are marked by membership in the group `demo`. Their passwords follow from the server's secret
key, so they can be shown at every start and are different on every server.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Count
from django.utils.crypto import salted_hmac

from geo_reports.accounts import second_factor
from geo_reports.models import Agency, Membership
from geo_reports.workflow import Role

MARK = "demo"
VERIFIER, OFFICER, ADMINISTRATOR = "verifikator", "petugas", "admin"
PASSWORD_LENGTH = 12


class NameTaken(Exception):
    """A real account has the name of a demo account; `str()` says which."""


@dataclass(frozen=True)
class Login:
    """What to type, and what one may do then."""

    username: str
    password: str
    role: str


@transaction.atomic
def prepare() -> list[Login]:
    """Create what is missing and set the passwords again; real accounts are never touched.

    Raises NameTaken when a real account has one of the names.
    """
    mark = Group.objects.get_or_create(name=MARK)[0]
    logins = [
        _account(VERIFIER, mark, group=Role.VERIFIER),
        _account(OFFICER, mark, group=Role.OFFICER),
        _account(ADMINISTRATOR, mark, is_superuser=True),
    ]
    agency = _workplace(User.objects.get(username=OFFICER))
    roles = {
        VERIFIER: str(Role.VERIFIER.label),
        OFFICER: f"{Role.OFFICER.label}: {agency.short_name if agency else '-'}",
        ADMINISTRATOR: "Administrator",
    }
    return [Login(user.username, _password(user.username), roles[user.username]) for user in logins]


@transaction.atomic
def remove() -> int:
    """Delete the demo accounts; returns how many there were."""
    marked = User.objects.filter(groups__name=MARK)
    count = marked.count()
    marked.delete()
    Group.objects.filter(name=MARK).delete()
    return count


def _account(username: str, mark: Group, *, group: Role | None = None, is_superuser: bool = False) -> User:
    user, created = User.objects.get_or_create(
        username=username, defaults={"is_staff": is_superuser, "is_superuser": is_superuser}
    )
    if not created and not user.groups.filter(pk=mark.pk).exists():
        raise NameTaken(f"There is a real account named “{username}”; the demo accounts were not made.")
    user.groups.add(mark)
    second_factor.remove(user)  # a visitor's phone must not lock the others out
    if group:
        user.groups.add(Group.objects.get_or_create(name=group.value)[0])
    password = _password(username)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def _password(username: str) -> str:
    return salted_hmac("geo_reports.demo.accounts", username).hexdigest()[:PASSWORD_LENGTH]


def _workplace(officer: User) -> Agency | None:
    """Where the officer works: as before, else at the SKPD with most reports."""
    known = Agency.objects.filter(memberships__user=officer).first()
    if known:
        return known
    busiest = (
        Agency.objects.filter(kind=Agency.Kind.SKPD).annotate(size=Count("reports")).order_by("-size", "slug").first()
    )
    if busiest:
        Membership.objects.create(user=officer, agency=busiest)
    return busiest
