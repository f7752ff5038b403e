"""The filters of structures, each declared once: the list, the map, the data addresses, the panel, the chips, the
description and the counts come from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guide.core.french import joined
from guide.core.query_string import OneOf, WholeNumber, unknown
from guide.core.search import Filter, Parameter, page_parameter
from guide.territories.prepositions import of
from structures.enums import SHORT_LABELS, Kind, PracticeMode
from structures.values import Box, Words

DEFAULT_RADIUS_KM = 20
MAX_RADIUS_KM = 100
SORT_LABELS = {"distance": "Distance", "nom": "Nom", "commune": "Commune"}


@dataclass(frozen=True, kw_only=True)
class StructureFilter(Filter):
    """A filter of structures.

    `told` gives its detail in the description of a search (search, values). `column` is that by which its choices
    are counted, `counted` the choice that a value of the column stands for (search, value).
    """

    told: Callable[[Any, list[str]], str] | None = None
    column: str = ""
    counted: Callable[[Any, Any], str] = lambda search, value: value


def yes(name: str, label: str, **said) -> StructureFilter:
    """A filter that is on (`1`) or absent."""
    wrong = unknown(f"«\u00a0{name}\u00a0» vaut 1 ou rien")
    return StructureFilter(name=name, value=OneOf([("1", label)], wrong), label="Accueil", **said)


FILTERS = (
    StructureFilter(
        name="type",
        many=True,
        value=OneOf([(kind.value, SHORT_LABELS[kind]) for kind in Kind], unknown("Type de structure inconnu")),
        narrow=lambda structures, kinds, search: structures.of_kinds(kinds),
        column="kind",
    ),
    StructureFilter(
        name="departement",
        many=True,
        value=OneOf(
            lambda search: [(place.code, f"{place.name} ({place.code})") for place in search.departments],
            unknown("Département inconnu"),
        ),
        label="Départements",
        # The parent of the commune, which an index holds, and not the closure: the counts compare it too.
        narrow=lambda structures, codes, search: structures.filter(
            commune__parent__in=[place.pk for place in search.departments if place.code in codes]
        ),
        column="commune__parent",
        counted=lambda search, pk: next((place.code for place in search.departments if str(place.pk) == str(pk)), ""),
    ),
    StructureFilter(
        name="territoire",
        value=OneOf(
            lambda search: [(search.territory.slug, search.territory.name)] if search.territory else [],
            unknown("Territoire inconnu"),
        ),
        narrow=lambda structures, slug, search: structures.in_territory(search.territory.pk),
    ),
    StructureFilter(
        name="commune",
        value=OneOf(
            lambda search: [(search.commune.code, search.commune.name)] if search.commune else [],
            unknown("Code de commune inconnu"),
        ),
        narrow=lambda structures, code, search: structures.near(
            search.commune.latitude, search.commune.longitude, search.radius
        ),
        chip=lambda search, code: f"À {search.radius} km {of(search.commune.name)}",
        told=lambda search, codes: f"à {search.radius} km au plus {of(search.commune.name)}",
    ),
    Parameter(
        name="rayon",
        value=WholeNumber(
            1,
            MAX_RADIUS_KM,
            unknown(f"Le rayon est un nombre entier de kilomètres, de 1 à {MAX_RADIUS_KM}"),
        ),
        implied=str(DEFAULT_RADIUS_KM),
    ),
    StructureFilter(
        name="mode",
        many=True,
        value=OneOf(
            [(mode.value, mode.label.capitalize()) for mode in PracticeMode], unknown("Mode d'exercice inconnu")
        ),
        label="Modes d'exercice",
        narrow=lambda structures, modes, search: structures.with_mode(modes),
        told=lambda search, modes: f"exercice {joined((PracticeMode(mode).label for mode in modes), 'ou')}",
    ),
    StructureFilter(
        name="specialite",
        many=True,
        value=OneOf(lambda search: search.specialities, unknown("Spécialité ou profession inconnue")),
        label="Professions et spécialités",
        narrow=lambda structures, specialities, search: structures.with_speciality(specialities),
        told=lambda search, codes: joined((search.labels("specialite")[code] for code in codes), "ou"),
    ),
    yes(
        "recrute",
        "Recrute des médecins",
        narrow=lambda structures, value, search: structures.filter(recruiting=True),
        told=lambda search, values: "recrutant des médecins",
    ),
    yes(
        "stage",
        "Accueille des internes",
        narrow=lambda structures, value, search: structures.filter(welcomes_interns=True),
        told=lambda search, values: "accueillant des internes",
    ),
    StructureFilter(
        name="q",
        value=Words(),
        narrow=lambda structures, words, search: structures.matching(words),
        chip=lambda search, words: f"«\u00a0{words}\u00a0»",
        told=lambda search, words: f"avec «\u00a0{words[0]}\u00a0»",
    ),
    StructureFilter(
        name="bbox",
        value=Box(),
        narrow=lambda structures, box, search: structures.in_box(*box),
        chip=lambda search, box: "Cadre de la carte",
        told=lambda search, boxes: "dans le cadre de la carte",
    ),
    Parameter(name="lieu"),
    Parameter(name="tri", value=OneOf(SORT_LABELS.items(), unknown("Tri inconnu"))),
    page_parameter("Cette page de résultats n'existe pas"),
)
