"""The desk of verifikator and petugas: the queue, one report, and what can be done with it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from geo_reports import moderation, routing, transitions
from geo_reports.forms import InvalidFilter, read_filters
from geo_reports.forms.desk import AnswerForm, HandOverForm, StatusForm, WithholdForm
from geo_reports.models import Report, ReportQuerySet
from geo_reports.pages.access import reports_of
from geo_reports.workflow import Role, Status

PAGE_SIZE = 50
TABS: dict[str, tuple[str, Q]] = {
    "menunggu": (_("Menunggu verifikasi"), Q(status=Status.WAITING)),
    "baru": (_("Baru diteruskan"), Q(status=Status.FORWARDED)),
    "tanpa-skpd": (_("Tanpa SKPD"), Q(agency=None)),
}
