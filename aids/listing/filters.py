"""The filters of the catalogue, each declared once: page, files, panel, chips, description and counts come from here.

A filter reads a trait of the aids (their form, who pays them), or it is an answer of the visitor to one kind of
condition, which SQL (`answer`) and the engine (`situate`) judge alike.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst

from aids.conditions.kinds import ConditionKind as Kind
from aids.listing.facet_counts import Counted, Counting, by_condition, by_department, by_trait
from aids.querysets import LEVEL_SCHEMES, Answer, term
from aids.rules import Situation
from aids.vocabulary import Form, TimeState
from guide.core.french import fold
from guide.core.query_values import OneOf, Text, capitalised, unknown
from guide.core.search import Filter
from guide.territories.enums import Level
from guide.territories.prepositions import at, inside

MAX_WORDS_LENGTH = 100
STATES = {"ouverte": TimeState.OPEN, "annoncee": TimeState.ANNOUNCED, "fermee": TimeState.CLOSED}
STATE_WORDS = (("ouverte", "ouvertes"), ("annoncee", "annoncées"), ("fermee", "closes"))


@dataclass(frozen=True, kw_only=True)
class AidFilter(Filter):
    """A filter of the catalogue; the panel shows those that have a `control`, checks or select.

    words     one value as the description of a search says it (search, value); by default the label of the choice
    trait     what an aid is compared by
    kind      the kind of condition that it answers
    answer    the answer of the values, for SQL
    situate   a situation with the answer of the values (search, situation, values), for the engine
    beside    the values that a choice would make (search, value); by default itself alone
    count     one of the ways to count of `aids.listing.facet_counts`
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
