"""Who works at the desk, in which role, and on which reports."""

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Q, QuerySet

from geo_reports.models import DeskRole, Report, ReportQuerySet
from geo_reports.workflow import Role


@dataclass(frozen=True)
class Worker:
    """Somebody at the desk, in one role."""

    user: User
    role: DeskRole

    @property
    def is_verifier(self) -> bool:
        """Whether this person decides what is shown and who answers."""
        return self.role in {DeskRole.VERIFIER, DeskRole.ADMINISTRATOR}

    @property
    def is_officer(self) -> bool:
        """Whether this person answers for an SKPD."""
        return self.role is DeskRole.OFFICER

    @property
    def acts_as(self) -> Role | None:
        """The role that the history shows for what this person does; None for one who only reads."""
        if self.is_verifier:
            return Role.VERIFIER
        return Role.OFFICER if self.is_officer else None

    def reports(self) -> ReportQuerySet:
        """The reports that this person may open: all, or those forwarded to the own agencies, within the own limits."""
        if not self.is_officer:
            return Report.objects.all()
        scopes = []
        for place in self.user.memberships.prefetch_related("categories", "kecamatan"):
            scope = Q(agency=place.agency_id)
            if place.categories.all():
                scope &= Q(category__in=[category.pk for category in place.categories.all()])
            if place.kecamatan.all():
                scope &= Q(kecamatan__in=[area.pk for area in place.kecamatan.all()])
            scopes.append(scope)
        if not scopes:
            return Report.objects.none()
        return Report.objects.filter(reduce(or_, scopes), forwarded_at__isnull=False)

    def may_moderate(self, report: Report) -> bool:
        """Whether this person may decide what is shown of it: nobody judges reports about the own SKPD.

        Nor those that it once had: otherwise one would hand a report over, judge it, and hand it back.
        """
        return self.is_verifier and not self._is_about_own(report)

    def _is_about_own(self, report: Report) -> bool:
        own = self._own_agencies
        return bool(own) and (report.agency_id in own or report.assignments.filter(agency__in=own).exists())

    @cached_property
    def _own_agencies(self) -> frozenset[str]:
        return frozenset(self.user.memberships.values_list("agency_id", flat=True))


def name_of(person: User) -> str:
    """What colleagues call this person."""
    return person.get_full_name() or person.get_username()


def desk_people(worker: Worker) -> QuerySet[User]:
    """The people whom this person may name as handlers: colleagues of the own SKPD, or everybody at the desk."""
    people = User.objects.filter(is_active=True)
    if worker.is_officer:
        people = people.filter(memberships__agency__memberships__user=worker.user)
    else:
        people = people.filter(
            Q(memberships__isnull=False) | Q(groups__name__in=DeskRole.values) | Q(pk=worker.user.pk)
        )
    return people.distinct().order_by("first_name", "last_name", "username")


def worker_of(user: User | AnonymousUser | AbstractBaseUser) -> Worker | None:
    """The person at the desk, in the role that opens most; None for everybody else."""
    if not isinstance(user, User) or not user.is_active:
        return None
    groups = set(user.groups.values_list("name", flat=True))
    if user.is_superuser:
        return Worker(user, DeskRole.ADMINISTRATOR)
    for role in (DeskRole.ADMINISTRATOR, DeskRole.VERIFIER):
        if role in groups:
            return Worker(user, role)
    if user.memberships.exists():
        return Worker(user, DeskRole.OFFICER)
    return Worker(user, DeskRole.LEADER) if DeskRole.LEADER in groups else None
