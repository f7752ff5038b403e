"""What the home page holds, ready to print."""

from django.conf import settings
from django.db.models import Count, Max

from guide.core.french import date_beside, number
from guide.territories import identity, pages, places, prepositions
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory

COUNTED = {
    TerritoryKind.COMMUNE: "communes",
    TerritoryKind.LIVING_AREA: "bassins de vie",
    TerritoryKind.EPCI: "intercommunalités",
}

# Who comes: (address, pictogram, title, what they find). Profiles are those of aids.vocabulary.Profile.
_SIMULATOR = "/aides/simulateur/?profil="
PROFILES = (
    (f"{_SIMULATOR}externe", "etudiant", "Étudiant, externe", "Bourses, stages, logement"),
    (f"{_SIMULATOR}interne", "interne", "Interne", "Stages, indemnités, licence"),
    (f"{_SIMULATOR}remplacant-these", "remplacant", "Remplaçant", "Découvrir avant de choisir"),
    (f"{_SIMULATOR}jeune-diplome", "installation", "Jeune diplômé", "Où m'installer, avec qui"),
    (f"{_SIMULATOR}installe-ailleurs", "changer", "Installé ailleurs", "Venir exercer dans la région"),
    (f"{_SIMULATOR}salarie", "salaire", "Salarié, hospitalier", "Changer ou mélanger les modes"),
    (f"{_SIMULATOR}cedant", "transmettre", "Je prépare mon départ", "Transmettre, prolonger"),
    ("/territoires/", "famille", "Conjoint, famille", "Juger d'un lieu où vivre"),
)


def build() -> dict:
    """Region, its map and the number of its places; empty while no region is loaded. Three queries."""
    region = Territory.objects.live().filter(kind=TerritoryKind.REGION, code=settings.REGION).first()
    if region is None:
        return {"region": None, "drawing": None, "counts": [], "profiles": PROFILES}
    mapped = places.mapped_rows(places.touching(region.pk, [TerritoryKind.DEPARTMENT], itself=True), fine=False)
    return {
        "region": {
            "where": prepositions.inside(region.kind, region.code, region.name),
            **identity.source(region),
        },
        "drawing": pages.region_map(region, mapped),
        "counts": _counts(),
        "profiles": PROFILES,
    }


def _counts() -> list[dict]:
    """Number of places of each kind, with the date of its source."""
    found = (
        Territory.objects.live()
        .filter(kind__in=COUNTED)
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"), Max("source"), Max("source_date"))
    )
    by_kind = {kind: rest for kind, *rest in found}
    return [
        {
            "label": label,
            "number": number(by_kind[kind][0]),
            "source": ", ".join(text for text in (by_kind[kind][1], date_beside(*by_kind[kind][1:])) if text),
        }
        for kind, label in COUNTED.items()
        if kind in by_kind
    ]
