"""Fixtures for every room: the toy city, people, and settings that keep tests off the disk."""

import gc

import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from geo_reports import reference
from geo_reports.models import City
from maps import boundaries
from tests import factories, ready_made

# The database rolls back around the whole test, not around each example: examples clean up after
# themselves or only read. No deadline: a busy machine is not a bug.
hypothesis_settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
hypothesis_settings.load_profile("project")


def pytest_collection_finish():
    """The thousands of tests themselves are never garbage: looking through them again and again costs a tenth."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _quiet_surroundings(settings, tmp_path):
    """Plain http, files in a folder of the test's own, tasks at once, mail in memory, `force_login` is enough.

    That staff need a second factor is tested where it belongs: tests/accounts.
    """
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SEARCH_SECONDS = 0
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    boundaries._simplified.cache_clear()  # the next world's version may have the same number


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Also for the many tests that commit: the database is emptied in a way that is fast and waits for nobody."""
    with django_db_blocker.unblock():
        ready_made.remember_the_migrated()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: ready_made.empty())
        yield


@pytest.fixture
def toy_city(db) -> City:
    return factories.build_toy_city()


@pytest.fixture
def reference_data(db) -> None:
    """The real city's fixtures as `load_reference` loads them, without boundaries."""
    ready_made.once("reference data", lambda: reference.load(project.FIXTURES_DIR))


@pytest.fixture
def verifier(toy_city) -> User:
    return factories.make_verifier()


@pytest.fixture
def officer(toy_city) -> User:
    return factories.make_officer()


@pytest.fixture
def desk_client(client: Client):
    """Sign somebody in and get the client: `desk_client(user)`."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
