"""Demo regions: a folder of fixtures/ with a manifest.toml that says what to import, in which order."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aids.exchange.golden import GoldenCasesImporter
from aids.exchange.importer import AidsImporter
from guide.portal.content import ELSEWHERE, READERS
from guide.publishing.imports.content.importer import ContentImporter
from guide.publishing.imports.contract import Delivery, Importer
from guide.territories.importers.indicators import IndicatorsImporter
from guide.territories.importers.life import AmenitiesImporter, TravelTimesImporter
from guide.territories.importers.places import TerritoriesImporter
from guide.territories.importers.remarks import RemarksImporter
from guide.territories.importers.zonings import EditionOptions, ZoningsImporter
from structures.importers.finess import FinessImporter
from structures.importers.lists import ListImporter

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
        """The importers to run, in order, each with its delivery."""
        for entry in self.imports:
            make = IMPORTERS.get(entry["importer"])
            if make is None:
                raise ValueError(f"{self.folder.name}/{MANIFEST} : import inconnu « {entry['importer']} »")
            yield make(self._delivery(entry), entry.get("options", {}), self.region)

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


def _zonings(delivery: Delivery, options: Mapping[str, Any], region: str) -> Importer:
    about = dict(options)
    edition = EditionOptions(
        file_format=about.pop("format"),
        scope=tuple(about.pop("scope", "").split(":")) if about.get("scope") else ("region", region),
        valid_from=date.fromisoformat(about.pop("valid_from")),
        valid_to=date.fromisoformat(about.pop("valid_to")) if "valid_to" in about else None,
        **about,
    )
    return ZoningsImporter(delivery, edition)


IMPORTERS: dict[str, Callable[[Delivery, Mapping[str, Any], str], Importer]] = {
    "territories": lambda delivery, options, region: TerritoriesImporter(delivery, region),
    "zonings": _zonings,
    "indicators": lambda delivery, options, region: IndicatorsImporter(delivery),
    "amenities": lambda delivery, options, region: AmenitiesImporter(delivery),
    "travel-times": lambda delivery, options, region: TravelTimesImporter(delivery),
    "remarks": lambda delivery, options, region: RemarksImporter(delivery),
    "finess": lambda delivery, options, region: FinessImporter(delivery),
    "aids": lambda delivery, options, region: AidsImporter(delivery),
    "golden-cases": lambda delivery, options, region: GoldenCasesImporter(delivery),
    "content": lambda delivery, options, region: ContentImporter(delivery, READERS, ELSEWHERE),
    "structures": lambda delivery, options, region: ListImporter(delivery, options["list"]),
}
