"""Importers by name: a delivery, its options and the region that is served make one ready to run."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from aids.exchange.golden import GoldenCasesImporter
from aids.exchange.importer import AidsImporter
from guide.core.imports.content.importer import ContentImporter
from guide.core.imports.contract import Delivery, Importer
from guide.portal.content import ELSEWHERE, READERS
from guide.territories.importers.indicators import IndicatorsImporter
from guide.territories.importers.life import AmenitiesImporter, TravelTimesImporter
from guide.territories.importers.places import TerritoriesImporter
from guide.territories.importers.remarks import RemarksImporter
from guide.territories.importers.zonings import EditionOptions, ZoningsImporter
from structures.importers.finess import FinessImporter
from structures.importers.lists import ListImporter


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


def _content(delivery: Delivery, options: Mapping[str, Any], region: str) -> Importer:
    return ContentImporter(delivery, READERS, ELSEWHERE, whole=options.get("whole", True))


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
    "content": _content,
    "structures": lambda delivery, options, region: ListImporter(delivery, options["list"]),
}
