"""System checks: settings whose wrong value would hurt, found at start instead of in service."""

import re
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demo logins have published passwords."""
    if settings.DEMO:
        return [CheckWarning("DEMO=1: demo accounts have public passwords.", hint="Set DEMO=0.", id="geo_reports.W001")]
    return []


ORIGIN = re.compile(r"https?:|https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]+)?")


@register(Tags.security)
def framing_origins_are_origins(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A path, a quote or a semicolon in a Content-Security-Policy is ignored or ends the rule."""
    wrong = [origin for origin in settings.EMBED_ORIGINS if not ORIGIN.fullmatch(origin)]
    if wrong:
        return [
            Error(
                f"EMBED_ORIGINS holds what is no origin: {', '.join(wrong)}.",
                hint="Write https://www.example.go.id,https://*.example.id, or https: for every secure website.",
                id="geo_reports.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def framing_is_secure(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Whoever sits between an insecure website and its reader can change what is around the map."""
    insecure = [origin for origin in settings.EMBED_ORIGINS if origin.startswith("http:")]
    if insecure:
        return [
            CheckWarning(
                f"EMBED_ORIGINS lets insecure websites show the map: {', '.join(insecure)}.",
                hint="Name them with https://.",
                id="geo_reports.W003",
            )
        ]
    return []


@register(Tags.files)
def browser_parts_are_installed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without node_modules the pages have no style and no charts, and nothing can be printed."""
    missing = [
        name
        for name in ("dejavu-fonts-ttf", "exifreader", "plotly.js-basic-dist-min")
        if not (settings.NODE_MODULES / name).is_dir()
    ]
    if missing:
        return [
            CheckWarning(
                f"Browser parts are missing: {', '.join(missing)}.",
                hint="Run ./script/setup (or npm ci).",
                id="geo_reports.W002",
            )
        ]
    return []


@register(Tags.compatibility)
def city_fixtures_exist(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The city is data; a folder without it serves nobody."""
    if not (settings.FIXTURES_DIR / "city.yaml").is_file():
        return [
            Error(
                f"No city.yaml in {settings.FIXTURES_DIR}.",
                hint="Set CITY_FIXTURES to a folder with reference data.",
                id="geo_reports.E001",
            )
        ]
    return []
