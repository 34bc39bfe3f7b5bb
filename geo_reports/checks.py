"""System checks: settings whose wrong value would hurt, found at start instead of in service."""

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
