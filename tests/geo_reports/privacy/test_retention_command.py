"""`apply_retention` says what it removes, and refuses what would remove too early."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from geo_reports.models import Report, RetentionRule
from tests.geo_reports.privacy.reporters import NAME, settled

What = RetentionRule.What


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("apply_retention", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_a_line_for_each_kind(toy_city):
    settled()
    RetentionRule.objects.create(what=What.IDENTITY, keep_days=30)
    out = command("--dry-run", "--on", "2025-12-01")
    assert "Would remove, as of 2025-12-01:" in out
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines()[1:]}
    assert lines["identity"] == ["1", "1", "0"]
    assert lines["looks"][3:] == ["no", "rule:", "kept"]
    assert Report.objects.get().reporter_name == NAME
    assert "Removed, as of 2025-12-01:" in command("--on", "2025-12-01")
    assert Report.objects.get().reporter_name == ""


def test_without_any_rule_the_command_fails_and_does_nothing(toy_city):
    settled()
    with pytest.raises(CommandError, match="no retention rule"):
        command()


def test_a_day_to_come_is_for_rehearsals_only(toy_city):
    RetentionRule.objects.create(what=What.IDENTITY, keep_days=0)
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    with pytest.raises(CommandError, match="still to come"):
        command("--on", tomorrow)
    assert "Would remove" in command("--on", tomorrow, "--dry-run")
