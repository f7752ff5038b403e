"""Stamps: what a step of the set-up was last done for, so that it is done again only after a change."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Fingerprint of files (folders: all their files, by name and content) and of free words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(name: str, value: str) -> bool:
    """Whether the step `name` was last done for this fingerprint."""
    path = _path(name)
    return path.is_file() and path.read_text() == value


def keep(name: str, value: str) -> None:
    """Note that the step `name` is done for this fingerprint."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value)


def _path(name: str) -> Path:
    return settings.VAR_DIR / "stamps" / name
