"""What the guide has computed of the care around a place, ready to print: distances, and to which structure."""

from collections.abc import Mapping

from django.urls import reverse

from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.computed.definitions import DEFINITIONS
from structures.models import NearestStructure, Structure


def care_distances(territory: Territory, figures: Mapping[str, dict]) -> list[dict]:
    """One row for each computed figure that the place has; `figures` are its figures by code.

    The nearest structure is named for a commune alone; a structure that has closed since is not.
    """
    nearest = _nearest(territory) if territory.kind == TerritoryKind.COMMUNE else {}
    found = []
    for definition in DEFINITIONS:
        figure = figures.get(definition.code)
        if figure is None:
            continue
        structure = nearest.get(definition.code)
        is_inside = structure is not None and structure.commune_id == territory.pk
        found.append(
            {
                "label": definition.short,
                "text": "Sur place" if is_inside else figure["text"],
                "name": structure.name if structure else "",
                "href": reverse("structures:detail", args=[structure.slug]) if structure else "",
                "year": figure["year"],
                "source": figure["source"],
                "note": definition.note,
            }
        )
    return found


def _nearest(territory: Territory) -> dict[str, Structure]:
    """Structures by code of the figure."""
    links = NearestStructure.objects.filter(territory=territory, structure__in=Structure.objects.live())
    return {link.indicator: link.structure for link in links.select_related("structure")}
