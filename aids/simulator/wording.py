"""The answers in words: one sentence of who, where and when, and a chip to change each."""

from collections.abc import Mapping

from django.utils.text import capfirst

from aids.conditions.families import Words, YesNo
from aids.conditions.kinds import ConditionKind
from aids.simulator.answers import WHERE, Answers
from aids.simulator.questions import BY_NAME, STUDIES
from aids.simulator.surroundings import Surroundings
from guide.core.french import NBSP, long_date
from guide.core.query_string import Values
from guide.territories.enums import TerritoryKind
from guide.territories.prepositions import at, inside

# What the sentence says of a person; a number or a date would not be understood without its question.
_SAID = {kind.value for kind in ConditionKind if isinstance(kind.declaration, Words | YesNo)}


def sentence(answers: Answers, places: Surroundings) -> str:
    """`Interne…, médecine générale, à Déols (Indre), le 1er mars 2027, secteur 1`."""
    parts = [words for name, value, words in _answered(answers.values) if name in _SAID]
    if places.chosen:
        parts.append(place_words(places))
    parts.append(f"le {long_date(answers.day)}")
    return capfirst(", ".join(parts))


def place_words(places: Surroundings) -> str:
    """`à Déols (Indre)`, `dans l'Indre`."""
    chosen = places.chosen
    if chosen.kind == TerritoryKind.COMMUNE:
        return f"{at(chosen.name)} ({places.department.name})" if places.department else at(chosen.name)
    return inside(chosen.kind, chosen.code, chosen.name)


def chips(answers: Answers, places: Surroundings, points: Mapping[str, str]) -> list[tuple[str, str]]:
    """(words, address without this answer); `points` are the free conditions by code."""
    found = [
        (capfirst(words), answers.address(without=(name, value)))
        for name, value, words in _answered(answers.values, points)
    ]
    for name in WHERE:
        if places.chosen and answers.one(name):
            found.insert(0, (capfirst(place_words(places)), answers.address(**{name: ""})))
    if answers.one("date"):
        found.append((f"Le {long_date(answers.day)}", answers.address(date="")))
    return found


def _answered(values: Values, points: Mapping[str, str] | None = None) -> list[tuple[str, str, str]]:
    """(parameter, value, words) of each answer but the place and the day."""
    found = []
    for name, given in values.items():
        found += [(name, value, words) for value in given if (words := _words(name, value, points or {}))]
    order = list(BY_NAME)
    return sorted(found, key=lambda item: order.index(item[0]) if item[0] in order else len(order))


def _words(name: str, value: str, points: Mapping[str, str]) -> str:
    if name in ConditionKind.values:
        declared = ConditionKind(name).declaration
        return declared.chip(declared.parse([value]))
    if name == STUDIES.name:
        return f"{value}{NBSP}mois d'études restants"
    code, _, found = value.rpartition(".")
    return f"{points[code]}{NBSP}: {found}" if name == "point" and code in points else ""
