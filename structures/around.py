"""What the guide has computed of the care around a place, ready to print: distances, and to which structure."""

from collections.abc import Mapping

from django.urls import reverse

from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.computed.definitions import DEFINITIONS
from structures.models import NearestStructure, Structure


def rows(territory: Territory, figures: Mapping[str, dict]) -> list[dict]:
    """One row for each computed figure that the place has; `figures` are its figures by code.

    The nearest structure is named for a commune alone; a structure that has closed since is not.
    """
    nearest = _nearest(territory) if territory.kind == TerritoryKind.COMMUNE else {}
    base = reverse("structures:list")
    found = []
    for definition in DEFINITIONS:
        figure = figures.get(definition.code)
        if figure is None:
            continue
        name, slug, commune = nearest.get(definition.code, ("", "", None))
        found.append(
            {
                "label": definition.short,
                "text": "Sur place" if commune == territory.pk else figure["text"],
                "name": name,
                "href": f"{base}{slug}/" if slug else "",
                "year": figure["year"],
                "source": figure["source"],
                "note": definition.note,
            }
        )
    return found


def _nearest(territory: Territory) -> dict[str, tuple[str, str, int]]:
    links = NearestStructure.objects.filter(territory=territory, structure__in=Structure.objects.live())
    found = links.values_list("indicator", "structure__name", "structure__slug", "structure__commune")
    return {code: (name, slug, commune) for code, name, slug, commune in found}
