"""Small content folders, and imports of them."""

from pathlib import Path

from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.portal.imports.registry import READERS

SOURCES = """
- code: indre-2022
  title: "L'Indre, une terre des possibles"
  publisher: "Département de l'Indre"
  label: "Département de l'Indre, vers 2022"
  year: "vers 2022"
"""
PAGE = """---
title: "Les hôpitaux de l'Indre"
summary: "Neuf hôpitaux."
section: departement
department: "36"
position: 31
verified_on: 2026-11-22
---
Vers 2022, neuf hôpitaux [@indre-2022].
"""


def write(base: Path, **files: str) -> Path:
    """A folder: `pages__indre="…"` is pages/indre.md, `sources="…"` is sources.yaml."""
    for name, content in files.items():
        path = base / (f"{name.replace('__', '/')}.md" if "__" in name else f"{name}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return base


def load(base: Path, *, apply: bool = True):
    """(run, report) of the import of a folder."""
    return run_import(ContentImporter(Delivery(files={FOLDER: base}), READERS), apply=apply)
