"""The administration pages are no back door to who reporters are, not even for a superuser."""

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.urls import reverse

from tests.geo_reports.privacy.reporters import ANSWER, APPEAL, MAIL, NAME, NOTE, ORIGINAL, full_report

pytestmark = pytest.mark.django_db
HIDDEN = (NAME, MAIL, ORIGINAL, ANSWER, APPEAL, NOTE)


@pytest.fixture
def root(toy_city, client):
    client.force_login(User.objects.create_superuser("kepala", "kepala@example.org", "x"))
    return client


def test_no_list_and_no_page_of_any_model_shows_personal_data(root):
    report = full_report(is_anonymous=False)
    report.replies.all().delete()  # a public text that names the reporter
    report.assignments.update(reason="jalan provinsi")  # the same
    opened = 0
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{name}_changelist")]
        addresses += [reverse(f"{name}_change", args=[row.pk]) for row in model._default_manager.all()[:5]]
        for address in addresses:
            page = root.get(address).content.decode()
            opened += 1
            assert not [piece for piece in (*HIDDEN, str(report.secret)) if piece in page], address
    assert opened > 20


@pytest.mark.parametrize(
    "query",
    [
        "reporter_contact__startswith=zulaikha",
        "reporter_name=Zulaikha Wirjawan",
        "secret__isnull=False",
        "original_text__contains=kalimat",
        "notes__text__contains=zw",
        "looks__username=andi",
        "text__contains=kalimat",
    ],
)
def test_no_question_in_the_address_is_answered(root, query):
    full_report()
    response = root.get(f"{reverse('admin:geo_reports_report_changelist')}?{query}")
    assert response.status_code == 400 or "e=1" in getattr(response, "url", "")


@pytest.mark.parametrize("word", [NAME, MAIL, ORIGINAL])
def test_the_search_does_not_find_a_report_by_its_reporter(root, word):
    report = full_report()
    page = root.get(reverse("admin:geo_reports_report_changelist"), {"q": word}).content.decode()
    assert report.code not in page


def test_the_filters_of_the_list_still_work(root):
    report = full_report()
    for query in (
        "status__exact=forwarded",
        "visibility__exact=published",
        "is_demo__exact=0",
        "category__slug__exact=pothole",
    ):
        page = root.get(f"{reverse('admin:geo_reports_report_changelist')}?{query}")
        assert page.status_code == 200, query
        assert report.code in page.content.decode()
