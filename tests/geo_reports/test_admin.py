"""Reference data can be edited; what has another writer can only be looked at; maps obey the CSP."""

import re
from datetime import date

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from geo_reports.models import (
    Assignment,
    BoundaryVersion,
    Category,
    Holiday,
    KelurahanBoundary,
    Membership,
    Photo,
    Reply,
    Report,
    RoutingRule,
    StatusChange,
)
from tests.factories import ReportFactory, centre_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(toy_city, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("kepala", "kepala@example.org", "x"))
    return client


def change_url(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_every_list_and_every_form_opens(admin_client):
    ReportFactory()
    ours = [model for model in site._registry if model.__module__.startswith("geo_reports.")]
    assert len(ours) == 17
    for model in ours:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert admin_client.get(reverse(f"admin:{name}_changelist")).status_code == 200, model
        row = model.objects.first()
        if row:
            assert admin_client.get(change_url(row)).status_code == 200, model


def test_append_only_rows_have_no_page_of_their_own():
    assert not {Assignment, StatusChange, Reply, Photo} & site._registry.keys()


@pytest.mark.parametrize("model", [Report, BoundaryVersion, KelurahanBoundary])
def test_reports_and_boundaries_are_only_shown(admin_client, model):
    ReportFactory()
    row = model.objects.first()
    page = admin_client.get(change_url(row)).content.decode()
    assert 'name="_save"' not in page
    assert "deletelink" not in page
    assert admin_client.post(change_url(row), {"status": "done", "geometry": "", "point": ""}).status_code == 403
    name = f"admin:geo_reports_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_add")).status_code == 403
    assert admin_client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert model.objects.get(pk=row.pk)


def test_the_actions_of_the_report_list_cannot_delete(admin_client):
    report = ReportFactory()
    data = {"action": "delete_selected", "_selected_action": [report.pk], "post": "yes"}
    admin_client.post(reverse("admin:geo_reports_report_changelist"), data)
    assert Report.objects.filter(pk=report.pk).exists()


def test_a_report_shows_its_history_and_its_map_but_not_the_reporters_key(admin_client):
    report = ReportFactory()
    page = admin_client.get(change_url(report)).content.decode()
    assert "Dinas Jalan" in page
    assert '"coordinates": [ 10.015, 0.005 ]' in page.replace("&quot;", '"')
    assert str(report.secret) not in page


def test_every_inline_script_of_a_map_carries_the_nonce_of_the_policy(admin_client):
    response = admin_client.get(change_url(KelurahanBoundary.objects.first()))
    nonce = re.search(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"]).group(1)
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))([^>]*)>", response.content.decode())
    assert len(scripts) >= 2
    assert all(f'nonce="{nonce}"' in attributes for attributes in scripts)
    assert " style=" not in response.content.decode()


def test_the_key_of_a_row_that_exists_cannot_be_edited(admin_client):
    category = Category.objects.get(pk="pothole")
    data = {"slug": "other", "name": "Lubang", "name_en": "Pothole", "icon": "pothole", "order": 1, "is_active": "on"}
    admin_client.post(change_url(category), data)
    assert Category.objects.get(pk="pothole").name == "Lubang"
    assert not Category.objects.filter(pk="other").exists()


def test_a_category_that_becomes_sensitive_hides_the_points_of_its_reports_at_once(admin_client):
    report = ReportFactory(point=centre_of("99.01.1001").clone(), kelurahan_id="99.01.1001")
    report.point.x += 0.002
    report.public_point = report.point
    report.save()
    data = {"name": "Lubang", "name_en": "Pothole", "icon": "pothole", "order": 1, "is_sensitive": "on"}
    assert admin_client.post(change_url(report.category), data).status_code == 302
    report.refresh_from_db()
    assert report.public_point == centre_of("99.01.1001")
    assert report.point != report.public_point


def test_a_rule_that_could_never_apply_is_refused(admin_client):
    data = {
        "category": "pothole",
        "agency": "roads",
        "priority": 100,
        "reason": "alasan",
        "valid_from": "2025-02-01",
        "valid_to": "2025-01-01",
    }
    response = admin_client.post(reverse("admin:geo_reports_routingrule_add"), data)
    assert "Tanggal berakhir harus setelah tanggal mulai." in response.content.decode()
    assert not RoutingRule.objects.filter(reason="alasan").exists()


def test_a_holiday_and_a_membership_can_be_added(admin_client):
    holiday = {"date": "2026-02-02", "name": "Cuti bersama", "kind": "collective_leave"}
    assert admin_client.post(reverse("admin:geo_reports_holiday_add"), holiday).status_code == 302
    assert Holiday.objects.filter(date=date(2026, 2, 2)).exists()
    user = User.objects.create_user("petugas")
    url = reverse("admin:geo_reports_membership_add")
    assert admin_client.post(url, {"user": user.pk, "agency": "roads"}).status_code == 302
    assert Membership.objects.get(user=user).agency_id == "roads"


def test_only_staff_comes_in(toy_city, client, verifier):
    client.force_login(verifier)
    assert client.get(reverse("admin:geo_reports_report_changelist")).status_code == 302
