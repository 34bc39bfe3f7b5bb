"""The documents say what the code does."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from geo_reports.workflow import CLOSED, TRANSITIONS, Role, Status

INITIALS = {Role.VERIFIER: "V", Role.OFFICER: "P", Role.REPORTER: "R", Role.SYSTEM: "S"}
DESK = Path(settings.BASE_DIR, "docs", "desk.md")


def moves() -> str:
    """The table of docs/desk.md, as the code has it."""
    with override("id"):
        lines = ["| status | may become |", "|---|---|"]
        for status, ways in TRANSITIONS.items():
            told = "; ".join(
                f"{to.label} ({', '.join(INITIALS[role] for role in Role if role in roles)})"
                for to, roles in sorted(ways.items(), key=lambda way: list(Status).index(way[0]))
            )
            lines.append(f"| {status.label}{' (closed)' if status in CLOSED else ''} | {told} |")
    return "\n".join(lines)


def test_the_desks_document_holds_the_table_of_moves():
    assert moves() in DESK.read_text(encoding="utf-8"), f"put this into docs/desk.md:\n{moves()}"
