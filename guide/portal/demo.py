"""Demo regions: a folder of fixtures/ with a manifest.toml that says what to import, in which order."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guide.core.imports.contract import Delivery, Importer
from guide.portal.imports.registry import KINDS

MANIFEST = "manifest.toml"
LICENCE = "Licence Ouverte 2.0"


class UnknownRegion(Exception):
    """No demo for the region asked for; the message lists those there are."""


@dataclass(frozen=True, slots=True)
class Demo:
    """One demo region: its folder and what its manifest says."""

    folder: Path
    region: str
    name: str
    imports: list[dict[str, Any]]
    completeness: list[dict[str, Any]]

    def importers(self) -> Iterator[Importer]:
        for entry in self.imports:
            kind = KINDS.get(entry["importer"])
            if kind is None:
                raise ValueError(f"{self.folder.name}/{MANIFEST} : import inconnu « {entry['importer']} »")
            yield kind.make(self._delivery(entry), entry.get("options", {}), self.region)

    def _delivery(self, entry: Mapping[str, Any]) -> Delivery:
        about = {name: entry.get(name, "") for name in ("source", "source_url", "source_date")}
        files = {name: self.folder / path for name, path in entry["files"].items()}
        return Delivery(files=files, licence=entry.get("licence", LICENCE), **about)


def find(root: Path, region: str) -> Demo:
    """The demo of `region` (an INSEE region code) under `root`; UnknownRegion lists those available."""
    demos = {demo.region: demo for demo in (_read(path) for path in sorted(root.glob(f"*/{MANIFEST}")))}
    if region not in demos:
        available = ", ".join(f"{demo.region} ({demo.name})" for demo in demos.values()) or "aucune"
        raise UnknownRegion(
            f"Pas de données de démonstration pour la région {region}. Régions disponibles : {available}."
        )
    return demos[region]


def _read(path: Path) -> Demo:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Demo(
        path.parent, content["region"], content["name"], content.get("imports", []), content.get("completeness", [])
    )
