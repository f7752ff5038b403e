"""What a place is, in words ready to print."""

from collections.abc import Iterable

from guide.core.french import NBSP, UNKNOWN, date_beside, number
from guide.territories import cog
from guide.territories.enums import Extent, TerritoryKind
from guide.territories.models import PostalCode, Territory
from guide.territories.places import PlaceRow

CODE_NAMES = {TerritoryKind.EPCI: "Numéro SIREN", TerritoryKind.LIVING_AREA: "Code INSEE du bassin de vie (2022)"}
# What is said of a place that crosses, or may cross, the border of the region.
EXTENTS = {
    Extent.PARTIAL: (
        f"Ce territoire dépasse la limite de la région{NBSP}: cette page ne compte que ses communes situées dans "
        "la région."
    ),
    Extent.UNKNOWN: (
        f"Ce territoire peut dépasser la limite de la région{NBSP}: cette page ne compte que les communes situées "
        "dans la région."
    ),
}
KIND_TITLES = {kind: kind.heading for kind in TerritoryKind}


def facts(territory: Territory) -> list[tuple[str, str]]:
    """Chef-lieu where there is one, population, area, density, code as (label, text); what is not known is said."""
    code_name = CODE_NAMES.get(territory.kind, "Code INSEE")
    seat = cog.seat(territory.kind, territory.code)
    return [
        *([("Chef-lieu", seat)] if seat else []),
        ("Population", population(territory.population)),
        ("Superficie", area(territory.area_km2)),
        ("Densité", density(territory.population, territory.area_km2)),
        (code_name, territory.code),
    ]


def population(people: int | None) -> str:
    """`4 064 habitants`."""
    return UNKNOWN if people is None else f"{number(people)}{NBSP}habitant{'s' if people > 1 else ''}"


def area(km2: float | None) -> str:
    """`6 791 km²`, with a decimal under 100 km²."""
    return UNKNOWN if km2 is None else f"{number(km2, 0 if km2 >= 100 else 1)}{NBSP}km²"


def density(people: int | None, km2: float | None) -> str:
    """Inhabitants per km², computed from the two figures above."""
    return UNKNOWN if people is None or not km2 else f"{number(people / km2)}{NBSP}habitants par km²"


def source(territory: Territory) -> dict[str, str]:
    """Inputs of components/source.html."""
    told = date_beside(territory.source, territory.source_date)
    return {"source": territory.source or UNKNOWN, "date": told, "url": ""}


def postal_codes(commune: int) -> tuple[str, str]:
    """("Codes postaux", "36400, 36401") of a commune by its primary key, or that they are unknown."""
    codes = list(PostalCode.objects.filter(commune=commune).order_by("code").values_list("code", flat=True))
    return ("Codes postaux" if len(codes) > 1 else "Code postal", ", ".join(codes) or UNKNOWN)


def pole(territory: Territory, communes: Iterable[PlaceRow]) -> PlaceRow | None:
    """The pole of a bassin de vie: the commune that has its code (INSEE); None outside the region or other kind."""
    if territory.kind != TerritoryKind.LIVING_AREA:
        return None
    return next((row for row in communes if row.code == territory.code), None)
