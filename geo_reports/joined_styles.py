"""Static files as they are deployed: hashed, compressed, and stylesheets with what they import in one file.

A stylesheet per subject is easy to read, a request for each is slow on a phone. A page's stylesheet names
its parts with `@import`; in development browsers follow these themselves.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Paths = dict[str, tuple[Storage, str]]  # by the name below STATIC_ROOT: where the file is
_IMPORT: Final = re.compile(r'^@import "([^":]+\.css)";\n', re.MULTILINE)
_URL: Final = re.compile(r'url\(\s*(["\']?)(?![/#"\']|[a-z]+:)([^)"\']+)\1\s*\)')


class JoinedStylesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """The `staticfiles` of STORAGES outside development."""

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """As Django does it, with joined stylesheets instead of those that import others."""
        ready = {
            name: (_Joined(paths, name), where[1]) if name.endswith(".css") else where for name, where in paths.items()
        }
        return super().post_process(ready, dry_run=dry_run, **options)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Joined:
    """Stands for the storage of one stylesheet."""

    paths: Paths
    name: str

    def open(self, _path: str) -> ContentFile[bytes]:
        return ContentFile(joined(self.paths, self.name).encode())


def joined(paths: Paths, name: str) -> str:
    """The text of a stylesheet with what it imports in it; raises KeyError for an unknown file."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    folder = posixpath.dirname(name)

    def part(found: re.Match[str]) -> str:
        other = posixpath.normpath(posixpath.join(folder, found[1]))
        return _moved(joined(paths, other), posixpath.dirname(other), folder)

    return _IMPORT.sub(part, text)


def _moved(text: str, source: str, target: str) -> str:
    """A stylesheet's text with its relative addresses as they are from another folder."""
    way = posixpath.relpath(source or ".", target or ".")
    return _URL.sub(lambda found: f'url("{posixpath.normpath(posixpath.join(way, found[2]))}")', text)
