"""Django settings. Every deployment difference is an environment variable (table in README.md).

Nothing here knows Tangerang Selatan: the city's name, codes and extent are loaded data.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, *, default: bool) -> bool:
    """Read a 0/1 switch; anything else stops the start with a sentence instead of being guessed."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def env_list(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list, empty parts dropped."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_required(name: str, hint: str) -> str:
    """Read a variable that has no safe default."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


DEBUG = env_bool("DEBUG", default=False)
DEMO = env_bool("DEMO", default=False)
INSECURE_HTTP = env_bool("INSECURE_HTTP", default=False)
SECRET_KEY = env_required("SECRET_KEY", "./script/server makes one; in production set your own.")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.gis",
    "csp",
    "leaflet",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "geo_reports",
    "maps",
    "analytics",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "geo_reports.pages.envelope.SoundRequest",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "geo_reports.pages.staff_door.StaffDoor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "geo_reports.urls"
WSGI_APPLICATION = "geo_reports.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "geo_reports.pages.context.city",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        env_required(
            "DATABASE_URL",
            "Example: postgis://user:password@127.0.0.1:5432/smart. ./script/server makes a private one.",
        ),
        engine="django.contrib.gis.db.backends.postgis",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
# Compiling a plan costs seconds and saves none: no query here computes for long over few rows.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# All processes must know which codes of the second factor were used. Full, it would forget some: it never is.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds

# Signing in (django-allauth). Administrators make the accounts, each with one address: `User.email`.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
STAFF_NEED_SECOND_FACTOR = not DEMO
ACCOUNT_ADAPTER = "geo_reports.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
# Django's own token covers `User.email`; allauth's would keep the address a second time, unverified.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "geo_reports.pages.signing_in.SignInForm",
    "reset_password": "geo_reports.pages.signing_in.ForgottenForm",
    "reset_password_from_key": "geo_reports.pages.signing_in.NewPasswordForm",
    "change_password": "geo_reports.pages.signing_in.ChangePasswordForm",
    "reauthenticate": "geo_reports.pages.signing_in.PasswordAgainForm",
}
MFA_ADAPTER = "geo_reports.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "geo_reports.pages.signing_in.CodeForm",
    "reauthenticate": "geo_reports.pages.signing_in.CodeAgainForm",
    "activate_totp": "geo_reports.pages.signing_in.FirstCodeForm",
}
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: who reads a code as it changes is not sent away (RFC 6238, 5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up here with somebody else's address
# One mechanism counts attempts, ours (`Throttle`): exact in the database, hashed clients, behind any proxy.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False

# Indonesian is the source language of every text; English is a translation.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["geo_reports.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Asia/Jakarta")

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
NODE_MODULES = BASE_DIR / "node_modules"
# Only what pages load is published: a whole node_modules would put package sources on the web.
STATICFILES_DIRS = [
    (f"npm/{name}", str(NODE_MODULES / path))
    for name, path in {
        "plus-jakarta-sans": "@fontsource-variable/plus-jakarta-sans",
        "plotly": "plotly.js-basic-dist-min",
        "exifreader": "exifreader/dist",
        "vector-tile": "@mapbox/vector-tile",
        "point-geometry": "@mapbox/point-geometry",
        "pbf": "pbf",
    }.items()
    if (NODE_MODULES / path).is_dir()
]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))
MEDIA_URL = "/media/"  # never routed: photos leave only through the view that checks who may see them
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "geo_reports.joined_styles.JoinedStylesStorage"
    },
}

# How long a process keeps what a search found. What changes meanwhile is looked up each time (maps.grid.matching).
SEARCH_SECONDS = 600

# A 15 MB photo arrives as a temporary file; form texts stay far below this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500  # a hundred and more reports chosen at once
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not INSECURE_HTTP
CSRF_COOKIE_SECURE = not INSECURE_HTTP
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not INSECURE_HTTP
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_HTTP
SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Who may show the map in a frame (`/?embed=1`, nothing else): origins, or `https:` for every website served
# securely; empty: nobody. That page sets no cookie, knows nobody, and has nothing to press that changes anything.
EMBED_ORIGINS = env_list("EMBED_ORIGINS", "https:")
CLIENT_IP_HEADER = os.environ.get("CLIENT_IP_HEADER", "REMOTE_ADDR")

# Base map: any XYZ server; empty means "no base map", the page then shows our own borders only.
BASEMAP_URL = os.environ.get("BASEMAP_URL", "https://tile.openstreetmap.org/{z}/{x}/{y}.png")
BASEMAP_ATTRIBUTION = os.environ.get(
    "BASEMAP_ATTRIBUTION", '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>'
)
BASEMAP_MAX_ZOOM = int(os.environ.get("BASEMAP_MAX_ZOOM", "19"))
BASEMAP_ORIGIN = "/".join(BASEMAP_URL.split("/")[:3]) if BASEMAP_URL.startswith("http") else ""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([BASEMAP_ORIGIN.replace("{s}", "*")] if BASEMAP_ORIGIN else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LEAFLET_CONFIG = {
    "TILES": [("", BASEMAP_URL, {"attribution": BASEMAP_ATTRIBUTION, "maxZoom": BASEMAP_MAX_ZOOM})]
    if BASEMAP_URL
    else [],
    "ATTRIBUTION_PREFIX": "Leaflet",
    "RESET_VIEW": False,
    "SCALE": "metric",
    "MINIMAP": False,
    "NO_GLOBALS": False,
}

# Debian 12's GDAL cannot block network access; files reach GDAL only through administrators' commands.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

FIXTURES_DIR = Path(os.environ.get("CITY_FIXTURES", BASE_DIR / "fixtures"))
REPORTS_PER_HOUR = int(os.environ.get("REPORTS_PER_HOUR", "20"))

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "tidak-dibalas@localhost")

DEFAULT_EXCEPTION_REPORTER = "geo_reports.confidences.MaskedReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "geo_reports.confidences.NoForms"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "geo_reports.confidences.MaskedFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
