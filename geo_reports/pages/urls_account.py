"""Signing in and one's own account. The names are allauth's; a page of allauth that is not here is not reachable.

The desk's door (`staff_door`) stands before all of them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from geo_reports.pages.account import DownloadCodes, overview

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", second_factor.authenticate, name="mfa_authenticate"),
    path("masuk/lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("masuk/lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^masuk/sandi-baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(success_url=reverse_lazy("account_login")),
        name="account_reset_password_from_key",
    ),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/", overview, name="account_home"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    # Who has no password yet gets the first one by mail.
    path("akun/sandi/baru/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
    path("akun/konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/konfirmasi/kode/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("akun/sesi/", sessions.list_usersessions, name="usersessions_list"),
    path("akun/dua-langkah/", second_factor.index, name="mfa_index"),
    path("akun/dua-langkah/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/dua-langkah/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/dua-langkah/kode-cadangan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/dua-langkah/kode-cadangan/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/dua-langkah/kode-cadangan/unduh/", DownloadCodes.as_view(), name="mfa_download_recovery_codes"),
]
