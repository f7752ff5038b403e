"""What one person can get in each of the compared places, and how each is zoned. Pure, but for the places' zonings."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from aids.amounts import Range, euros
from aids.atlas.classes import aids_between
from aids.atlas.evaluation import may_be_had, prospects
from aids.catalogue import Catalogue
from aids.eligibility import Sight, sight
from aids.practice_places import places_of
from aids.rules import PracticePlace, ZoningState
from aids.simulator.answers import Answers, situation
from guide.core.french import NBSP, UNKNOWN, plural
from guide.territories.comparison import Cell, Column, ComparedGroup, ComparedRow
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.zoning_words import OUTSIDE
from guide.territories.zonings import ORDER

ALWAYS = (Scheme.DOCTORS, Scheme.FRR)


def communes_of(compared: Sequence[Column], catalogue: Catalogue, day) -> dict[int, PracticePlace]:
    """The communes of all the columns as the rules see them, with every zoning, by primary key."""
    communes = {row.pk: row for column in compared for row in column.communes}
    return places_of(list(communes.values()), day, Sight(ORDER, sight(catalogue.rules).territories))


# --- zonings ------------------------------------------------------------------------------------------------------


def zoning_group(compared: Sequence[Column], found: Mapping[int, PracticePlace], day_words: str) -> ComparedGroup:
    """The zonings of each place; of a wider one, how many of its communes are at each level."""
    rows = []
    for scheme in Scheme:
        cells = [_zoning_cell(column, found, scheme) for column in compared]
        if scheme in ALWAYS or any(cell.text for cell in cells):
            rows.append(ComparedRow(scheme.heading, cells))
    return ComparedGroup(
        "Zonages",
        rows,
        f"Zonages en vigueur le {day_words}{NBSP}; leurs textes, leurs dates et leurs sources sont sur la page de "
        "chaque lieu. Le zonage médecin relève de la santé, FRR de l'impôt.",
    )


def _zoning_cell(column: Column, found: Mapping[int, PracticePlace], scheme: Scheme) -> Cell:
    states = [found[row.pk].zonings.get(scheme.value) for row in column.communes]
    if column.place.territory.kind == TerritoryKind.COMMUNE:
        return Cell(_state(states[0]) if states else "")
    counts: dict[str, int] = {}
    for words in map(_state, states):
        counts[words or UNKNOWN] = counts.get(words or UNKNOWN, 0) + 1
    if not counts or set(counts) == {UNKNOWN}:
        return Cell()
    ordered = sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, item[0] == OUTSIDE, item[0]))
    return Cell(items=tuple(f"{words}{NBSP}: {plural(count, 'commune')}" for words, count in ordered))


def _state(state: ZoningState | None) -> str:
    """`ZIP`, `ZAC (en partie)`, `hors zonage`; empty when it is not known."""
    if state is None:
        return ""
    whole = [level.heading for level in Level if level in state.levels and level != Level.HZ]
    partial = [f"{level.heading} (en partie)" for level in Level if level in state.partial]
    if whole or partial:
        return ", ".join(whole + partial)
    return OUTSIDE if state.complete else ""


# --- aids ---------------------------------------------------------------------------------------------------------


def aid_group(
    compared: Sequence[Column], found: Mapping[int, PracticePlace], catalogue: Catalogue, answers: Answers
) -> ComparedGroup:
    """Number of aids and best sum of the person in each place; over the communes of a wider one."""
    person, places = situation(answers, None), found.values()
    there = prospects(catalogue.rules, catalogue.conflicts, person, places, answers.day, may_be_had)
    by_place = dict(zip(found, there, strict=True))
    columns = [[by_place[row.pk] for row in column.communes] for column in compared]
    rows = [
        ComparedRow("Aides sûres", [_count([one.granted for one in found]) for found in columns]),
        ComparedRow("Aides à vérifier", [_count([one.to_check for one in found]) for found in columns]),
        ComparedRow("Meilleure somme sûre", [_range([one.sure for one in found]) for found in columns]),
    ]
    if any(one.is_uncertain for found in columns for one in found):
        label = "Au mieux, si ce qui reste à vérifier convient"
        rows.append(ComparedRow(label, [_range([one.best for one in found]) for found in columns]))
    return ComparedGroup(
        "Aides pour ce profil",
        rows,
        "Sommes des aides compatibles entre elles, brutes et nettes mêlées, pour comparer des lieux seulement. Les "
        "montants à confirmer n'y sont pas. Une aide est à vérifier tant qu'une réponse ou un classement manque. Le "
        "simulateur donne le détail, les sources et les dates.",
    )


def _count(numbers: Sequence[int]) -> Cell:
    """One number, or its extremes over the communes."""
    if not numbers:
        return Cell()
    low, high = min(numbers), max(numbers)
    return Cell(aids_between(low, high), "" if low == high else "selon la commune")


def _range(sums: Sequence[Range]) -> Cell:
    """One sum, or its extremes over the communes."""
    if not sums:
        return Cell()
    low, high = min(one.low for one in sums), max(one.high for one in sums)
    if not high:
        return Cell("aucune somme à additionner")
    differ = len(set(sums)) > 1
    return Cell(euros(Range(low, high)), "selon la commune" if differ else "")


def simulator_links(compared: Sequence[Column], answers: Answers) -> list[tuple[str, str]]:
    """(name, address of the simulator) for the communes and departments: the other kinds are no place of practice."""
    base = reverse("aids:simulator")
    names = {TerritoryKind.COMMUNE: "commune", TerritoryKind.DEPARTMENT: "departement"}
    return [
        (column.place.territory.name, answers.address(base, **{names[column.place.territory.kind]: code}))
        for column in compared
        if column.place.territory.kind in names and (code := column.place.territory.code)
    ]
