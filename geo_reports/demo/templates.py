"""Ready answers to begin with, marked as demo data; a category is found by the icon that it bears."""

from pathlib import Path
from typing import Any

import yaml

from geo_reports.models import Category, ReplyTemplate

FILE = Path(__file__).with_name("templates.yaml")


def write() -> None:
    """Write those that are not there yet; one about a category that this city does not have is left out."""
    there = set(ReplyTemplate.objects.filter(is_demo=True).values_list("title", flat=True))
    ReplyTemplate.objects.bulk_create(template for template in load() if template.title not in there)


def load() -> list[ReplyTemplate]:
    """The templates of the file for this city, not saved."""
    entries: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    categories = {category.icon: category for category in Category.objects.order_by("-order", "-slug")}
    return [
        ReplyTemplate(
            title=entry["title"],
            text=entry["text"].strip(),
            status=entry.get("status", ""),
            category=categories.get(entry.get("icon", "")),
            is_demo=True,
        )
        for entry in entries
        if "icon" not in entry or entry["icon"] in categories
    ]
