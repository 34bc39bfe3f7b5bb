"""Who of the office takes a report on."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from geo_reports.forms.desk import ActForm
from geo_reports.models import DeskRole, Report
from geo_reports.workers import Worker, name_of


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody by name."""

    def label_from_instance(self, obj: User) -> str:
        """The full name, else the account's."""
        return name_of(obj)


class HandlerForm(ActForm):
    """The person who handles the report; empty means nobody."""

    handler = PersonField(User.objects.none(), label=_("Petugas"), required=False, empty_label=_("Belum ada"))

    def __init__(self, worker: Worker, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(worker, report, *args, **kwargs)
        self.fields["handler"].queryset = colleagues(worker, report.agency_id)  # type: ignore[attr-defined]

    def initial_of(self, report: Report) -> dict[str, Any]:
        """Whoever has it; else the person who asks."""
        return {"handler": report.handler_id or self.worker.user.pk}


def colleagues(worker: Worker, agency: str | None) -> QuerySet[User]:
    """Whom this worker may name for a report of `agency`: its people; a verifikator also the city's."""
    people = Q(memberships__agency=agency) if agency else Q(pk=worker.user.pk)
    if worker.is_verifier:
        people |= Q(groups__name__in=[DeskRole.VERIFIER, DeskRole.ADMINISTRATOR]) | Q(pk=worker.user.pk)
    return User.objects.filter(people, is_active=True).distinct().order_by("first_name", "last_name", "username")
