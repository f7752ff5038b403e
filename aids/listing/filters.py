"""The filters of the catalogue, each declared once: page, files, panel, chips, description and counts come from here.

A filter reads a trait of the aids (their form, who pays them), or it is an answer of the visitor to one kind of
condition, which SQL (`answer`) and the engine (`situate`) judge alike. A choice is counted by the engine, the other
filters being kept, so that counts and verdicts agree; one that no condition of an aid can tell from another one is not
read again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import outcome, shown
from aids.querysets import LEVEL_SCHEMES, Answer, term
from aids.rules import AidRule, Condition, Situation
from aids.vocabulary import Form, Mark, TimeState
from guide.core.french import at, fold
from guide.core.query_string import OneOf, Text, capitalised, unknown
from guide.core.search import Filter
from guide.territories.cog import inside
from guide.territories.enums import Level

ANY_DAY = date(2000, 1, 1)  # no condition of a catalogue filter reads the day


@dataclass(frozen=True, slots=True)
class Counted:
    """An aid of the catalogue for counting, with what the plain filters read."""

    rule: AidRule
    funder: str
    state: TimeState


class Counting:
    """The aids that hold the words of a search, before its other filters; `situation` is what its answers make."""

    def __init__(self, search: Any, aids: Iterable[Counted]):
        self.search = search
        self.everywhere = list(aids)
        self.situation: Situation = search.situation()

    @cached_property
    def fitting(self) -> set[str]:
        """Codes of the aids that the answers do not refuse."""
        return {aid.rule.code for aid in self.everywhere if fits(aid.rule, self.situation)}

    def plain(self, situation: Situation | None = None, but: str = "") -> list[Counted]:
        """Aids in the state asked for, with the traits asked for (`but` one filter), that no local variant replaces
        at the place of the situation.
        """
        found = self._shown(situation) if situation else self._shown_here
        traits = [one for one in self.search.filters if one.trait and one.name != but]
        asked = self.search.state
        return [
            aid
            for aid in self.everywhere
            if aid.rule.code in found
            and (aid.state == asked if asked else aid.state != TimeState.CLOSED)
            and all(one.trait(aid) in self.search.values[one.name] for one in traits)
        ]

    @cached_property
    def _shown_here(self) -> set[str]:
        return self._shown(self.situation)

    def _shown(self, situation: Situation) -> set[str]:
        return {rule.code for rule in shown(self.search.catalogue.rules, situation, self.search.day)}


# --- the ways to count that filters name ------------------------------------------------------------------------


def by_trait(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids with each trait."""
    return Counter(filter.trait(aid) for aid in counting.plain(but=filter.name) if aid.rule.code in counting.fitting)


def by_condition(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids that each answer to a kind of condition does not refuse."""
    search, choices = counting.search, counting.search.labels(filter.name)
    there = {choice: filter.situate(search, counting.situation, filter.beside(search, choice)) for choice in choices}
    return count(counting.plain(), filter.kind, there)


def by_department(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids that may be had in each department, where other local variants hold."""
    found = {}
    for code in counting.search.labels(filter.name):
        there = filter.situate(counting.search, counting.situation, [code])
        found[code] = sum(fits(aid.rule, there) for aid in counting.plain(there))
    return found


# --- by the engine ----------------------------------------------------------------------------------------------


def fits(rule: AidRule, situation: Situation) -> bool:
    """Whether these answers do not refuse the aid, whenever it opens or closes."""
    if _excluded(rule.exclusions, situation) or _refused(rule.common, situation):
        return False
    return any(not _refused(case.conditions, situation) for case in rule.cases)


def count(aids: Iterable[Counted], kind: Kind, situations: Mapping[str, Situation]) -> Counter[str]:
    """Number of `aids` that fit each choice of one kind; `situations` are the answers with each choice."""
    any_situation = next(iter(situations.values()), Situation())
    found: Counter[str] = Counter()
    for aid in aids:
        named = frozenset().union(*(c.values for c in aid.rule.conditions() if c.kind == kind))
        if not named:
            found.update(situations.keys() if fits(aid.rule, any_situation) else ())
            continue
        known: dict[tuple, bool] = {}
        for choice, situation in situations.items():
            key = _seen(kind, choice, named)
            if key not in known:
                known[key] = fits(aid.rule, situation)
            found[choice] += known[key]
    return found


def _refused(conditions: Iterable[Condition], situation: Situation) -> bool:
    return any(outcome(condition, situation, ANY_DAY) == Outcome.UNMET for condition in conditions)


def _excluded(conditions: Iterable[Condition], situation: Situation) -> bool:
    """An exclusion that is itself to be checked never excludes for sure."""
    return any(c.mark != Mark.TO_CHECK and outcome(c, situation, ANY_DAY) == Outcome.MET for c in conditions)


def _seen(kind: Kind, choice: str, named: frozenset[str]) -> tuple:
    """What of a choice an aid that names `named` can see: aids see choices alike, and are read once for each."""
    if kind in PLACE_KINDS:
        return (choice,)
    terms = kind.declaration.terms
    return terms.possibly(choice) & named, terms.surely(choice) & named


# --- the filters -----------------------------------------------------------------------------------------------------

MAX_WORDS_LENGTH = 100
STATES = {"ouverte": TimeState.OPEN, "annoncee": TimeState.ANNOUNCED, "fermee": TimeState.CLOSED}
STATE_WORDS = (("ouverte", "ouvertes"), ("annoncee", "annoncées"), ("fermee", "fermées"))


@dataclass(frozen=True, kw_only=True)
class AidFilter(Filter):
    """A filter of the catalogue; the panel shows those that have a `control`, checks or select.

    words     one value as the description of a search says it (search, value); by default the label of the choice
    trait     what an aid is compared by
    kind      the kind of condition that it answers
    answer    the answer of the values, for SQL
    situate   a situation with the answer of the values (search, situation, values), for the engine
    beside    the values that a choice would make (search, value); by default itself alone
    count     one of the ways to count above
    """

    control: str = ""
    words: Callable[[Any, str], str] | None = None
    trait: Callable[[Counted], str] | None = None
    kind: Kind | None = None
    answer: Callable[[Sequence[str]], Answer] | None = None
    situate: Callable[[Any, Situation, Sequence[str]], Situation] | None = None
    beside: Callable[[Any, str], list[str]] = lambda search, value: [value]
    count: Callable[[Counting, Any], Mapping[str, int]] | None = None


def _other_zonings(search: Any, level: str) -> list[str]:
    """A level, in place of the one asked for in the same zoning."""
    scheme = LEVEL_SCHEMES[level]
    return [*(other for other in search.values.get("zone", ()) if LEVEL_SCHEMES[other] != scheme), level]


def _inside(search: Any, code: str) -> str:
    department = search.searched.department(code)
    return inside(department.kind, department.code, department.name)


def _of_kind(kind: Kind, wrong: str) -> AidFilter:
    """The answer of the visitor to one kind of condition; `wrong` says that there is no such answer."""
    declared = kind.declaration
    return AidFilter(
        name=kind.value,
        label=capfirst(kind.label),
        many=declared.several,
        value=OneOf(declared.choices, unknown(wrong)),
        control="select",
        words=lambda search, value: declared.word(value),
        kind=kind,
        answer=lambda values: term(kind, *values),
        situate=lambda search, situation, values: replace(situation, **{declared.field: declared.parse(values)}),
        count=by_condition,
    )


FILTERS = (
    _of_kind(Kind.PROFILE, "Profil inconnu"),
    _of_kind(Kind.SPECIALTY, "Spécialité inconnue"),
    _of_kind(Kind.MODE, "Mode d'exercice inconnu"),
    AidFilter(
        name="zone",
        label="Classement de la commune",
        many=True,
        value=OneOf([(level, capfirst(Level(level).label)) for level in LEVEL_SCHEMES], unknown("Zonage inconnu")),
        control="checks",
        words=lambda search, level: Level(level).label,
        kind=Kind.ZONING,
        situate=lambda search, situation, levels: replace(
            situation, place=search.place(search.one("departement"), levels)
        ),
        beside=_other_zonings,
        count=by_condition,
    ),
    AidFilter(
        name="departement",
        label="Département",
        value=OneOf(
            lambda search: [(row.code, f"{row.name} ({row.code})") for row in search.searched.departments],
            unknown("Département inconnu dans cette région"),
        ),
        control="select",
        words=_inside,
        situate=lambda search, situation, codes: replace(
            situation, place=search.place(codes[0], search.values.get("zone", ()))
        ),
        count=by_department,
    ),
    AidFilter(
        name="commune",
        value=OneOf(
            lambda search: [(row.code, row.name) for row in [search.searched.commune] if row],
            unknown("Commune inconnue dans cette région"),
        ),
        words=lambda search, code: at(search.searched.commune.name),
    ),
    AidFilter(
        name="forme",
        label="Forme de l'aide",
        many=True,
        value=OneOf(capitalised(Form.choices), unknown("Forme d'aide inconnue")),
        control="checks",
        words=lambda search, form: Form(form).label,
        trait=lambda aid: aid.rule.form,
        narrow=lambda aids, forms, search: aids.with_form(forms),
        count=by_trait,
    ),
    AidFilter(
        name="financeur",
        label="Qui la verse",
        many=True,
        keeps_right=True,
        value=OneOf(
            lambda search: sorted(search.funders.items(), key=lambda pair: fold(pair[1])), unknown("Financeur inconnu")
        ),
        control="checks",
        trait=lambda aid: aid.funder,
        narrow=lambda aids, codes, search: aids.by_funder(codes),
        count=by_trait,
    ),
    AidFilter(
        name="q",
        value=Text(MAX_WORDS_LENGTH, f"Cherchez avec {MAX_WORDS_LENGTH} caractères au plus."),
        words=lambda search, words: f"«\u00a0{words}\u00a0»",
        narrow=lambda aids, words, search: aids.matching(words),
    ),
    AidFilter(
        name="etat",
        value=OneOf(STATE_WORDS, unknown("«\u00a0etat\u00a0» vaut ouverte, annoncee ou fermee")),
        narrow=lambda aids, state, search: aids.in_state(STATES[state], search.day),
    ),
)
