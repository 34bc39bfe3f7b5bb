"""The one door for verifikator, petugas and administrators, which opens slower to those who guess."""

from typing import Any, Final

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import RedirectView

from geo_reports.pages.client import is_over_limit

PER_NAME: Final = 10  # attempts of one client at one name in an hour
PER_CLIENT: Final = 100  # at all names: a whole office may share one address
TOO_OFTEN: Final = "too_often"


class SignInForm(AuthenticationForm):
    """Name and password; beyond the limits the password is not even looked at."""

    def clean(self) -> dict[str, Any]:
        """Count the attempt, whether or not it will succeed."""
        assert self.request is not None  # noqa: S101  (`SignIn` always gives it)
        name = self.cleaned_data.get("username", "").casefold()
        is_guessing = is_over_limit(self.request, f"sign in {name}", PER_NAME)
        if is_over_limit(self.request, "sign in", PER_CLIENT) or is_guessing:
            raise ValidationError(_("Terlalu banyak percobaan masuk. Coba lagi satu jam lagi."), code=TOO_OFTEN)
        return super().clean()


class SignIn(LoginView):
    """Django's login page with limits."""

    form_class = SignInForm
    template_name = "geo_reports/desk/login.html"

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The form again; machines see in the status that they came too often."""
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
            response.status_code = 429
        return response


# The administration's own login page would be a second door without limits.
to_sign_in = RedirectView.as_view(url=reverse_lazy("desk:login"), query_string=True)
