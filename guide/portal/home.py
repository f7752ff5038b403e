"""What the home page holds, ready to print."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max

from guide.core.french import date_beside, number
from guide.territories import identity, pages, places
from guide.territories.cog import inside
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory

COUNTED = {
    TerritoryKind.COMMUNE: "communes",
    TerritoryKind.LIVING_AREA: "bassins de vie",
    TerritoryKind.EPCI: "intercommunalités",
}


class Door(NamedTuple):
    """A way into the guide for who comes: where, pictogram, who, what they find (components/lead_card.html)."""

    href: str
    picto: str
    title: str
    text: str


class Entry(NamedTuple):
    """A way into the guide by what one looks for (components/card.html)."""

    href: str
    title: str
    text: str
    illustration: str


def _questions(profile: str) -> str:
    """The simulator with a profile of aids.vocabulary.Profile: one answer alone opens the questions that follow."""
    return f"/aides/simulateur/?profil={profile}#questions"


PROFILES = (
    Door(_questions("externe"), "etudiant", "Étudiant, externe", "Bourses, stages, logement"),
    Door(_questions("interne"), "interne", "Interne", "Stages, indemnités, licence"),
    Door(_questions("remplacant-these"), "remplacant", "Remplaçant", "Découvrir avant de choisir"),
    Door(_questions("jeune-diplome"), "installation", "Jeune diplômé", "Choisir un lieu et une équipe"),
    Door(_questions("installe-ailleurs"), "changer", "Installé ailleurs", "Venir exercer dans la région"),
    Door(_questions("salarie"), "salaire", "Salarié, hospitalier", "Changer de mode d'exercice ou en combiner deux"),
    Door(_questions("cedant"), "transmettre", "Je prépare mon départ", "Transmettre, prolonger"),
    Door("/pages/venir-a-deux/", "famille", "Conjoint, famille", "Comparer les lieux où vivre"),
)
# Those whom the large doors forget: label, where.
OTHERS = (
    ("Médecin spécialiste", "/pages/medecins-specialistes/"),
    ("Médecin retraité", _questions("retraite")),
    ("Diplôme étranger", "/pages/exercer-avec-un-diplome-etranger/"),
    ("Élu, collectivité", "/pages/collectivites-et-porteurs-de-projet/"),
)
ENTRIES = (
    Entry(
        "/aides/",
        "Par les aides",
        "Les aides que vous pouvez obtenir, leur montant, l'engagement demandé et l'organisme à appeler.",
        "maison-de-sante",
    ),
    Entry(
        "/carte/",
        "Par la carte",
        "Les structures de soins sur une carte, à côté de leur liste, autour du lieu de votre choix.",
        "route",
    ),
    Entry(
        "/structures/",
        "Par la structure",
        "Une maison de santé, un centre de santé, un hôpital, une CPTS\u00a0: par département, par mode d'exercice, "
        "autour d'une commune.",
        "hopital",
    ),
    Entry(
        "/territoires/",
        "Par le territoire",
        "Un département, une intercommunalité, un bassin de vie, une commune\u00a0: sa carte, ses structures, "
        "ses zonages, ses chiffres.",
        "village",
    ),
)


def build() -> dict:
    """Region, its map and the number of its places; empty while no region is loaded."""
    doors = {"profiles": PROFILES, "others": OTHERS, "entries": ENTRIES}
    context = {"region": None, "drawing": None, "counts": [], **doors}
    region = Territory.objects.live().filter(kind=TerritoryKind.REGION, code=settings.REGION).first()
    if region is None:
        return context
    departments = places.drawn_rows(places.with_touching(region.pk, [TerritoryKind.DEPARTMENT]), fine=False)
    where = inside(region.kind, region.code, region.name)
    return context | {
        "region": {"where": where, **identity.source(region)},
        "drawing": pages.region_map(region, departments),
        "counts": _counts(),
    }


def _counts() -> list[dict]:
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
