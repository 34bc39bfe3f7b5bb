"""Versions, changes and replays in words for the pages of the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo_reports.models import (
    Agency,
    Category,
    Evidence,
    Kecamatan,
    Kelurahan,
    RoutingEvidence,
    RoutingFeature,
    RoutingRule,
    RoutingVersion,
)
from geo_reports.routing.replay import Replay
from geo_reports.routing.versions import DRAFT, Change

WORDS = {"added": gettext_lazy("baru"), "removed": gettext_lazy("dihapus"), "edited": gettext_lazy("diubah")}
LONGEST_VALUE = 60


@dataclass(frozen=True)
class ToldChange:
    """One changed row: what happened, to what, where to edit it, and its fields from and to."""

    what: str
    kind: str
    title: str
    url: str
    fields: list[tuple[str, str, str]]


class Names:
    """What slugs and codes are called; three queries."""

    def __init__(self) -> None:
        self.by_key: dict[Any, str] = {
            **dict(Category.objects.values_list("pk", "name")),
            **{area.pk: area.label for area in Kecamatan.objects.all()},
            **{area.pk: area.label for area in Kelurahan.objects.select_related("kecamatan")},
            **dict(Agency.objects.values_list("pk", "short_name")),
        }

    def __call__(self, key: Any) -> str:
        """The name, or the key itself."""
        return self.by_key.get(key, str(key))


def changes_told(changes: Iterable[Change]) -> list[ToldChange]:
    """The differences between two contents, readable."""
    names = Names()
    return [_told(change, names) for change in changes]


def _told(change: Change, names: Names) -> ToldChange:
    model = next(each for each in DRAFT if each._meta.db_table == change.table)
    row = change.after or change.before or {}
    url = ""
    if change.what != "removed":
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[change.key])
    return ToldChange(
        what=str(WORDS[change.what]),
        kind=str(model._meta.verbose_name),
        title=_title(model, row, names),
        url=url,
        fields=[(_label(model, name), _value(old, names), _value(new, names)) for name, old, new in change.fields],
    )


def _title(model: type[Model], row: dict[str, Any], names: Names) -> str:
    if model is RoutingFeature:
        return str(row.get("name", ""))
    if model is RoutingRule:
        area = row["kelurahan_id"] or row["kecamatan_id"]
        place = names(area) if area else _("seluruh kota")
        return f"{names(row['category_id'])}, {place} → {names(row['agency_id'])}"
    return str(dict(Evidence.choices).get(row.get("kind", ""), ""))


def _label(model: type[Model], column: str) -> str:
    field = next((each for each in model._meta.concrete_fields if each.column == column), None)
    return str(field.verbose_name) if field else column


def _value(value: Any, names: Names) -> str:
    if value in (None, "", []):
        return "-"
    text = ", ".join(map(names, value)) if isinstance(value, list) else names(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def evidence_told(order: Iterable[RoutingEvidence]) -> list[tuple[RoutingEvidence, str]]:
    """Each kind of evidence with the names of the categories that it counts for ("" for all)."""
    names = Names()
    return [(each, "; ".join(map(names, each.categories))) for each in order]


def flows_told(seen: Replay) -> list[tuple[str, str, int]]:
    """From whom to whom how many reports would move, by short names."""
    names = _names({slug for old, new, _count in seen.flows for slug in (old, new)})
    return [(names[old], names[new], count) for old, new, count in seen.flows]


def _names(slugs: set[str]) -> dict[str, str]:
    names = dict(Agency.objects.filter(pk__in=slugs).values_list("pk", "short_name"))
    return {slug: names.get(slug, slug or _("verifikator")) for slug in slugs}


def sample_features(seen: Replay) -> list[dict[str, Any]]:
    """The moved reports that are listed and drawn, with names instead of slugs."""
    names = _names({row[end] or "" for row in seen.sample for end in ("from", "to")})
    return [row | {"from": names[row["from"] or ""], "to": names[row["to"] or ""]} for row in seen.sample]


def matches_told(version: RoutingVersion, seen: Replay) -> list[str]:
    """Rules, roads, estates and assets of the draft that decided none of the replayed reports."""
    rules, features = (version.content[model._meta.db_table] for model in (RoutingRule, RoutingFeature))
    matched, names = seen.matches.keys(), Names()
    return [_title(RoutingRule, row, names) for row in rules if f"rule:{row['id']}" not in matched] + [
        _title(RoutingFeature, row, names)
        for row in features
        if not matched & {f"{row['kind']}:{row['id']}", f"road_name:{row['id']}"}
    ]
