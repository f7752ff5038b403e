"""What is computed: which structures each figure looks at, and how pages name it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from guide.territories.enums import Better
from structures.enums import KINDS_BY_GROUP, Kind, KindGroup, Rank
from structures.models import Structure

RADIUS_KM = 20
METHOD = (
    "Calcul de ce guide\u00a0: à vol d'oiseau, depuis la mairie de la commune, jusqu'à la structure la plus proche "
    "parmi celles de la région que ce guide recense. Pour un territoire plus grand\u00a0: moyenne de ses communes, "
    "pondérée par leur population."
)
AROUND = (
    f"Calcul de ce guide\u00a0: structures de premier recours, hôpitaux et cliniques recensés à moins de {RADIUS_KM}"
    "\u00a0km à vol d'oiseau de la mairie, dans la région seulement. Pour un territoire plus grand\u00a0: moyenne de "
    "ses communes, pondérée par leur population."
)
CHILDREN_ONLY = "pédiatriques"  # an emergency service for children alone is not one for everybody


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """One computed figure. `wanted` selects the structures it looks at; `position` orders it among those of care;
    `short` is its name where the distance is said once for all."""

    code: str
    short: str
    label: str
    unit: str
    better: Better
    note: str
    position: int
    wanted: Q


_EMERGENCY = ~Q(emergency__in=("", CHILDREN_ONLY))
DISTANCES = (
    ComputedFigure(
        "distance_hopital",
        "Hôpital",
        "Distance de l'hôpital le plus proche",
        "km",
        Better.LOWER,
        f"{METHOD} Hôpitaux de médecine\u00a0: CHU, centres hospitaliers et hôpitaux de proximité.",
        1,
        Q(kind=Kind.HOSPITAL, rank__in=(Rank.CHU, Rank.CH, Rank.LOCAL)),
    ),
    ComputedFigure(
        "distance_urgences",
        "Urgences",
        "Distance du service d'urgences le plus proche",
        "km",
        Better.LOWER,
        f"{METHOD} Les urgences pour enfants seuls ne comptent pas.",
        2,
        _EMERGENCY,
    ),
    ComputedFigure(
        "distance_msp",
        "Maison de santé (MSP)",
        "Distance de la maison de santé (MSP) la plus proche",
        "km",
        Better.LOWER,
        f"{METHOD} La liste des MSP est incomplète\u00a0: une MSP plus proche peut exister.",
        3,
        Q(kind=Kind.MSP),
    ),
    ComputedFigure(
        "distance_chu",
        "Hôpital universitaire",
        "Distance de l'hôpital universitaire le plus proche",
        "km",
        Better.LOWER,
        f"{METHOD} Sites de CHU qui ont un service d'urgences\u00a0: leurs antennes ne comptent pas.",
        4,
        Q(kind=Kind.HOSPITAL, rank=Rank.CHU) & _EMERGENCY,
    ),
)
COUNT = ComputedFigure(
    "structures_20_km",
    f"Structures de soins à moins de {RADIUS_KM}\u00a0km",
    f"Structures de soins à moins de {RADIUS_KM}\u00a0km",
    "structures",
    Better.HIGHER,
    AROUND,
    5,
    Q(kind__in=[*KINDS_BY_GROUP[KindGroup.FIRST_RECOURSE], *KINDS_BY_GROUP[KindGroup.HOSPITALS]]),
)
DEFINITIONS = (*DISTANCES, COUNT)
CODES = tuple(one.code for one in DEFINITIONS)
INCOMPLETE = ("distance_msp", COUNT.code)  # the lists that they are made from are known to be incomplete


def structures_of(definition: ComputedFigure) -> QuerySet[Structure]:
    """The live structures, with a position, that a figure looks at."""
    return Structure.objects.live().placed().filter(definition.wanted).order_by("pk")
