"""Static files: one style sheet made of many small files, hashed names, files compressed once."""

from collections.abc import Iterable
from pathlib import Path

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
FIRST = ("layers.css", "tokens.css", "base.css", "layout.css")


def build() -> Path:
    """Write the bundle under var/build: layers, tokens and base first, then the components by name."""
    folder = settings.BASE_DIR / "static" / "css"
    parts = [folder / name for name in FIRST] + sorted(folder.glob("components/*.css"))
    target = settings.VAR_DIR / "build" / BUNDLE
    content = rcssmin.cssmin("\n".join(part.read_text(encoding="utf-8") for part in parts))
    if not target.is_file() or target.read_text(encoding="utf-8") != content:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return target


class BundleFinder(BaseFinder):
    """Offers the bundle to runserver and collectstatic, built when it is asked for."""

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs):
        found = [str(build())] if path == BUNDLE else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Iterable[str] | None):
        build()
        yield BUNDLE, FileSystemStorage(location=settings.VAR_DIR / "build")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with imports between our own ES modules rewritten to hashed names.

    Files of packages are left as they are, because some name files that they do not ship.
    """

    patterns = (
        HashedFilesMixin.patterns[0],
        ("js/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),
    )
