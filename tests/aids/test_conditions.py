"""Each kind of condition is declared once and whole: what reads or writes conditions derives from its declaration."""

from collections import Counter
from dataclasses import fields
from datetime import date

import pytest
from django.test import RequestFactory

from aids import golden
from aids.admin import rules as rule_forms
from aids.conditions.declaration import Declaration, Outcome, Turn
from aids.conditions.families import Number
from aids.conditions.kinds import ConditionKind, of_family, reading
from aids.eligibility import Result, evaluate, outcome
from aids.exchange.golden import ANSWERS
from aids.exchange.readers import Faults
from aids.exchange.schema import CONDITION
from aids.models import AidCondition
from aids.reasons import reason, requirement, single_changes
from aids.rules import Condition, Situation
from aids.simulator.answers import Answers, Surroundings, chips
from aids.simulator.questions import BY_NAME, PARAMETERS
from tests.aids.rules import DAY, aid, condition, place, situation

NOWHERE = Surroundings((), None)
KINDS = list(ConditionKind)
ASKED = [kind for kind in KINDS if kind.declaration.question]
FIELDS = {field.name for field in fields(Situation)}
ABOUT = {
    "zonage": "zonage_medecin",
    "attendu": True,
    "minimum": 2,
    "maximum": 2,
    "apres": "2026-01-01",
    "avant": "2026-01-01",
    "code": "siege",
    "texte": "avoir son siège dans le département",
}


def document(kind) -> dict:
    """A condition of the exchange file with all that its kind may have."""
    declared = kind.declaration
    values = {"valeurs": declared.codes[:1] or ["department:36"]}
    known = ABOUT | values
    return {"type": kind.value, **{key: known[key] for key in sorted(declared.needed | declared.one_of)}}


def typed(kind) -> str:
    """One answer to the question of a kind, as a query string gives it."""
    question = BY_NAME[kind.value]
    return {"number": str(question.low), "date": "2026-01-05"}.get(question.control) or question.choices[0][0]


def answered(kind) -> Answers:
    return Answers.read(RequestFactory().get("/", {kind.value: typed(kind)}))


def test_the_declarations_are_told_apart():
    codes = Counter(kind.declaration.golden for kind in KINDS if kind.declaration.golden)
    assert set(codes.values()) == {1}
    assert AidCondition._meta.get_field("kind").flatchoices == ConditionKind.choices


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_reads_an_answer_that_can_be_given(kind):
    declared = kind.declaration
    assert isinstance(declared, Declaration)
    assert declared.field in FIELDS
    elsewhere = {"place", "checked"}  # the place has its own question, and each point its own
    assert declared.field in elsewhere or any(other.declaration.question for other in reading(declared.field))
    assert declared.needed or declared.one_of


@pytest.mark.parametrize("kind", KINDS)
def test_the_exchange_file_takes_what_the_kind_declares_and_asks_for_the_rest(kind):
    faults = Faults()
    assert CONDITION(document(kind), "", faults) == document(kind)
    assert faults == []
    CONDITION({"type": kind.value}, "", faults)
    assert len(faults) == len(kind.declaration.needed) + bool(kind.declaration.one_of)
    foreign = sorted(ABOUT.keys() - kind.declaration.needed - kind.declaration.one_of)[0]
    CONDITION(document(kind) | {foreign: ABOUT[foreign]}, "", faults)
    assert f"clé sans objet pour une condition « {kind} »" in faults[-1].message


@pytest.mark.parametrize("kind", ASKED)
def test_an_answer_is_the_same_from_the_simulator_and_from_a_golden_case(kind):
    declared = kind.declaration
    said = answered(kind)
    assert said.messages == []
    given = getattr(said.situation(None), declared.field)
    raw = {"oui": True}.get(typed(kind), typed(kind))
    raw = int(raw) if isinstance(declared, Number) else [raw] if declared.several else raw
    case = {"jour": "2026-06-01", "profils": ["interne"], declared.golden: raw}
    faults = Faults()
    read = ANSWERS(case, "", faults)
    assert faults == []
    assert getattr(golden.situation_of(read, None), declared.field) == given is not None


@pytest.mark.parametrize("kind", ASKED)
def test_a_question_has_its_parameter_its_chip_and_the_kinds_that_it_settles(kind):
    question = BY_NAME[kind.value]
    parameters = {one.name: one for one in PARAMETERS}
    assert parameters[kind.value].many == kind.declaration.several
    assert kind in question.settles == reading(kind.declaration.field)
    assert [address for _, address in chips(answered(kind), NOWHERE, {})] == ["/"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_lacks_is_asked_for_by_name(kind):
    wanted = _wanted(kind)
    assert evaluate(aid(common=[wanted]), situation(), DAY).questions == (kind,)
    assert requirement(wanted) in reason(Result(wanted, Outcome.UNKNOWN), situation())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.declaration.field != "place"])
def test_the_answers_that_would_lift_a_refusal_meet_the_condition(kind):
    wanted = _wanted(kind)
    changed = list(kind.declaration.changed(wanted, Situation(), DAY, wanted=True))
    assert changed
    assert {outcome(wanted, other, DAY) for other in changed} == {Outcome.MET}
    refused = list(kind.declaration.changed(wanted, Situation(), DAY, wanted=False))
    assert {outcome(wanted, other, DAY) for other in refused} <= {Outcome.UNMET}


def _wanted(kind) -> Condition:
    """The condition of `document`, as the engine reads it."""
    said = document(kind)
    return Condition(
        kind,
        values=frozenset(said.get("valeurs", ())),
        scheme=said.get("zonage", ""),
        expected=said.get("attendu"),
        minimum=said.get("minimum"),
        maximum=said.get("maximum"),
        after=date.fromisoformat(said["apres"]) if "apres" in said else None,
        before=date.fromisoformat(said["avant"]) if "avant" in said else None,
        code=said.get("code", ""),
        text=said.get("texte", ""),
    )


def test_the_list_of_the_admin_offers_the_values_of_every_kind_that_has_some():
    offered = {group: [value for value, _ in options] for group, options in rule_forms.choices()}
    assert offered["Secteur conventionnel"][0] == "secteur|secteur-1"
    assert len(offered) == sum(bool(kind.declaration.codes) for kind in KINDS)


def test_the_questions_come_in_turns():
    names = [name for name in BY_NAME if name in ConditionKind.values]
    turns = [ConditionKind(name).declaration.turn for name in names]
    assert turns == sorted(turns, key=list(Turn).index)


def test_numbers_of_years_and_months_are_numbers():
    assert of_family(Number) >= {"anciennete", "demi-journees", "effectif", "age"}


def test_a_refusal_for_the_time_since_the_installation_says_its_date():
    rule = condition("anciennete", maximum=11)
    person = situation(installed_on=date(2020, 6, 1))
    assert reason(Result(rule, Outcome.UNMET), person) == (
        "Il faut être installé depuis au plus 11\u00a0mois\u00a0; ici\u00a0: installation le 1er\u00a0juin\u00a02020."
    )


def test_another_place_is_no_other_answer():
    rule = condition("territoire", "department:36")
    assert single_changes(aid(common=[rule]), situation(place=place(inside=["department:37"])), DAY) == []
