"""Accounts to look around with: on demo servers only, in every role, and never in place of a real one."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from geo_reports.demo import accounts
from geo_reports.models import DeskRole, Membership
from geo_reports.workers import worker_of
from geo_reports.workflow import Role
from tests import factories


def demo_logins() -> str:
    out = StringIO()
    call_command("demo_logins", stdout=out)
    return out.getvalue()


def test_demo_accounts_are_refused_on_a_real_server(toy_city, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo_logins")
    assert not User.objects.exists()


def test_demo_accounts_sign_in_with_what_is_printed(toy_city, settings):
    settings.DEMO = True
    for _number in range(3):
        factories.ReportFactory(agency_id="clean")
    table = demo_logins()
    assert demo_logins() == table
    printed = {line.split()[0]: line.split()[1] for line in table.splitlines()[1:]}
    users = {name: authenticate(username=name, password=password) for name, password in printed.items()}
    assert set(users) == {"verifikator", "verifikator2", "petugas", "petugas2", "pimpinan", "admin"}
    assert users["verifikator"].groups.filter(name=Role.VERIFIER).exists()
    assert not users["verifikator"].is_staff
    assert users["petugas"].groups.filter(name=Role.OFFICER).exists()
    assert list(users["petugas"].memberships.values_list("agency", flat=True)) == ["clean"]
    assert users["admin"].is_superuser
    assert not any(user.email for user in users.values())


def test_demo_accounts_open_the_desk_in_every_role(toy_city, settings):
    settings.DEMO = True
    factories.ReportFactory(agency_id="clean")
    demo_logins()
    roles = {user.username: worker_of(user).role for user in User.objects.all()}
    assert roles == {
        "verifikator": DeskRole.VERIFIER,
        "verifikator2": DeskRole.VERIFIER,
        "petugas": DeskRole.OFFICER,
        "petugas2": DeskRole.OFFICER,
        "pimpinan": DeskRole.LEADER,
        "admin": DeskRole.ADMINISTRATOR,
    }


def test_the_second_petugas_sees_one_kecamatan_of_the_same_skpd(toy_city, settings):
    settings.DEMO = True
    for kelurahan in ("99.01.1001", "99.02.1001", "99.02.1002"):
        factories.ReportFactory(agency_id="clean", kelurahan_id=kelurahan)
    printed = demo_logins()
    all_of_it, part = (worker_of(User.objects.get(username=name)).reports() for name in ("petugas", "petugas2"))
    assert all_of_it.count() == 3
    assert set(part.values_list("kecamatan", flat=True)) == {"99.02"}
    assert "Dinas Kebersihan, Kec. Barat" in printed
    assert demo_logins() == printed


def test_the_limit_that_somebody_changed_stays(toy_city, settings):
    settings.DEMO = True
    factories.ReportFactory(agency_id="clean")
    demo_logins()
    Membership.objects.get(user__username="petugas2").kecamatan.set(["99.02"])
    assert "Kec. Barat" in demo_logins()


def test_the_printed_password_works_again_after_a_change(toy_city, settings):
    settings.DEMO = True
    table = demo_logins()
    user = User.objects.get(username="petugas")
    user.set_password("lain")
    user.save()
    assert demo_logins() == table
    assert authenticate(
        username="petugas", password={login.username: login.password for login in accounts.prepare()}["petugas"]
    )


def test_a_real_account_is_never_taken_over(toy_city, settings):
    settings.DEMO = True
    real = User.objects.create_user("admin", password="rahasia")
    with pytest.raises(CommandError, match="real account"):
        call_command("demo_logins")
    real.refresh_from_db()
    assert real.check_password("rahasia")
    assert not real.is_superuser
    assert not User.objects.filter(username="petugas").exists()


def test_without_an_agency_the_officer_has_no_workplace(db, settings):
    settings.DEMO = True
    assert "Petugas SKPD: -" in demo_logins()
