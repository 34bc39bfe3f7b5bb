"""Accounts to look around with, one or two in each role of the desk. Only for demo servers.

They are marked by membership in the group `demo` and have no e-mail address. Their passwords follow
from the server's secret key, so they can be shown at every start and are different on every server.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from geo_reports.accounts import second_factor
from geo_reports.models import Agency, DeskRole, Kecamatan, Membership

MARK = "demo"
# Two verifikator, since nobody judges an objection to the own decision; two petugas of one SKPD, the second for
# one kecamatan only.
VERIFIER, SECOND_VERIFIER, OFFICER, LIMITED_OFFICER = "verifikator", "verifikator2", "petugas", "petugas2"
LEADER, ADMINISTRATOR = "pimpinan", "admin"
GROUPS = {
    VERIFIER: DeskRole.VERIFIER,
    SECOND_VERIFIER: DeskRole.VERIFIER,
    OFFICER: DeskRole.OFFICER,
    LIMITED_OFFICER: DeskRole.OFFICER,
    LEADER: DeskRole.LEADER,
    ADMINISTRATOR: None,
}
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
    users = {username: _account(username, mark, group) for username, group in GROUPS.items()}
    agency = _workplace(users[OFFICER])
    district = _district(users[LIMITED_OFFICER], agency) if agency else None
    roles = {username: str((group or DeskRole.ADMINISTRATOR).label) for username, group in GROUPS.items()}
    roles[OFFICER] += f": {agency.short_name if agency else '-'}"
    roles[LIMITED_OFFICER] += f": {agency.short_name if agency else '-'}"
    if district:
        roles[LIMITED_OFFICER] += f", {district.label}"
    return [Login(username, _password(username), roles[username]) for username in users]


@transaction.atomic
def remove() -> int:
    """Delete the demo accounts; returns how many there were."""
    marked = User.objects.filter(groups__name=MARK)
    count = marked.count()
    marked.delete()
    Group.objects.filter(name=MARK).delete()
    return count


def _account(username: str, mark: Group, group: DeskRole | None) -> User:
    """A member of the group, or a superuser when there is none."""
    is_superuser = group is None
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


def _district(officer: User, agency: Agency) -> Kecamatan | None:
    """The kecamatan to which the second petugas is limited: as before, else the one with most of the SKPD's reports."""
    place, created = Membership.objects.get_or_create(user=officer, agency=agency)
    known = place.kecamatan.first()
    if known or not created:
        return known
    of_agency = Count("reports", filter=Q(reports__agency=agency))
    busiest = Kecamatan.objects.annotate(size=of_agency).order_by("-size", "code").first()
    if busiest:
        place.kecamatan.add(busiest)
    return busiest
