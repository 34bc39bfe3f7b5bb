"""What the administration pages share: pages that only show, keys that stay.

ModelAdmin[...] works at run time because django-tasks applies django-stubs-ext's patch.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.gis.db.models import GeometryField
from django.db.models import Field, Model
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from leaflet.admin import LeafletGeoAdmin

NO_BUTTONS = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}


class NeitherAddedNorDeleted:
    """Rows come from elsewhere (a file, a citizen) and stay."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class KeyStays(admin.ModelAdmin[Any]):
    """The primary key of a row that exists cannot be edited: Django would copy the row instead."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """The key, once there is one."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is None else (*fields, obj._meta.pk.name)


class OnlyShown(NeitherAddedNorDeleted, LeafletGeoAdmin):  # type: ignore[misc]  # django-leaflet has no types
    """A page to look at, with a map for the geometry. It is a form only because the map is a form's widget."""

    modifiable = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Looking is allowed; nothing that is sent back is accepted."""
        return request.method in {"GET", "HEAD"} and bool(super().has_change_permission(request, obj))

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: Any = None, **kwargs: Any) -> FormField | None:
        """A geometry is drawn and cannot be changed."""
        field: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.disabled = True
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:
        """Everything but geometries, which need their map."""
        return [field.name for field in self.model._meta.fields if not isinstance(field, GeometryField)]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page without buttons for saving."""
        page: HttpResponse = super().change_view(request, object_id, form_url, (extra_context or {}) | NO_BUTTONS)
        return page


class ShownBeside(NeitherAddedNorDeleted, admin.TabularInline[Any, Any]):
    """Append-only rows below the report they belong to."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: history is never edited."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """All that is listed."""
        return tuple(str(name) for name in self.fields or ())
