"""Perimeters of CPTS: an existing territory when one fits, else a territory of their own made of communes."""

from collections import defaultdict

from guide.core.french import fold
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.projection import union
from structures.models import Structure


def write_coverage(structure: Structure, codes: list[str]) -> None:
    """Set the perimeter of a structure: ["kind:code"] names a territory, INSEE codes make a perimeter of their own."""
    if not codes:
        territory = None
    elif ":" in codes[0]:
        kind, code = codes[0].split(":")
        territory = Territory.objects.get(kind=kind, code=code)
    else:
        territory = _own_area(structure, codes)
    structure.coverage = territory
    Structure.objects.filter(pk=structure.pk).update(coverage=territory)


def _own_area(structure: Structure, codes: list[str]) -> Territory:
    communes = list(Territory.objects.filter(kind=TerritoryKind.COMMUNE, code__in=codes))
    seat = structure.commune
    area, _ = Territory.objects.update_or_create(
        kind=TerritoryKind.CPTS_AREA,
        code=f"s{structure.pk}",
        defaults={
            "name": structure.name[:120],
            "slug": f"perimetre-{structure.slug}"[:140],
            "search_name": fold(structure.name)[:120],
            "population": _total(communes, "population"),
            "area_km2": _total(communes, "area_km2"),
            "latitude": seat.latitude,
            "longitude": seat.longitude,
            "bbox": union(commune.bbox for commune in communes if commune.bbox),
            "source": structure.source,
            "source_date": structure.source_date,
            "missing_since": None,
        },
    )
    area.outer_links.all().delete()
    area.inner_links.all().delete()
    Containment.objects.bulk_create(
        [
            *(Containment(inner=commune, outer=area) for commune in communes),
            *(Containment(inner=inner, outer_id=outer) for inner, outer in _around(area, communes)),
        ]
    )
    return area


def _around(area: Territory, communes: list[Territory]) -> list[tuple[Territory, int]]:
    """The area lies in itself and in every wider place that holds all its communes (department, region)."""
    wider = Containment.objects.filter(inner__in=communes).exclude(
        outer__kind__in=[TerritoryKind.COMMUNE, TerritoryKind.CPTS_AREA]
    )
    held: dict[int, set[int]] = defaultdict(set)
    for inner, outer in wider.values_list("inner", "outer"):
        held[inner].add(outer)
    shared = set.intersection(*held.values()) if held else ()
    return [(area, area.pk), *((area, outer) for outer in sorted(shared))]


def _total(communes: list[Territory], field: str):
    """Sum of a figure over the communes; None when one of them lacks it."""
    values = [getattr(commune, field) for commune in communes]
    return sum(values) if values and None not in values else None
