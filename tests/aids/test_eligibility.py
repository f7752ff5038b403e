from dataclasses import replace
from datetime import date

import pytest

from aids.amounts import summary
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, evaluate, evaluate_all, outcome, shown
from aids.reasons import explain
from aids.rules import PracticePlace, ZoningState
from aids.vocabulary import TimeState
from tests.aids.rules import DAY, HALF, TO_CHECK, aid, case, condition, lump, place, situation, zoned

ZIP_ZAC = aid(
    case(zoned("ZIP"), amounts=[lump(10_000)], code="zip"), case(zoned("ZAC"), amounts=[lump(5_000)], code="zac")
)


def state(rule, day=DAY, **answers):
    return evaluate(rule, situation(**answers), day).state


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        (condition("profil", "interne"), {"profiles": "interne"}, Outcome.MET),
        (condition("profil", "interne"), {"profiles": "retraite"}, Outcome.UNMET),
        (condition("profil", "interne"), {}, Outcome.UNKNOWN),
        (condition("specialite", "autre-specialite"), {"specialty": "psychiatrie"}, Outcome.MET),
        (condition("specialite", "psychiatrie"), {"specialty": "autre-specialite"}, Outcome.UNKNOWN),
        (condition("specialite", "psychiatrie"), {"specialty": "medecine-generale"}, Outcome.UNMET),
        (condition("mode", "liberal"), {"modes": "msp"}, Outcome.MET),
        (condition("mode", "msp"), {"modes": "liberal"}, Outcome.UNKNOWN),
        (condition("mode", "liberal"), {"modes": "mixte"}, Outcome.MET),
        (condition("mode", "liberal"), {"modes": "centre-de-sante"}, Outcome.UNMET),
        (condition("mode", "liberal"), {"modes": "remplacement"}, Outcome.UNMET),
        (condition("secteur", "secteur-1"), {"sector": "secteur-2"}, Outcome.UNMET),
        (condition("structure", "msp"), {"structures": "msp"}, Outcome.MET),
        (condition("premiere-installation", expected=True), {"first_installation": False}, Outcome.UNMET),
        (condition("anciennete", maximum=11), {"installed_on": date(2025, 6, 2)}, Outcome.MET),
        (condition("anciennete", maximum=11), {"installed_on": date(2025, 6, 1)}, Outcome.UNMET),
        (condition("date-installation", after=date(2026, 1, 1)), {"installed_on": date(2026, 1, 1)}, Outcome.MET),
        (condition("date-installation", before=date(2026, 1, 1)), {"installed_on": DAY}, Outcome.UNMET),
        (condition("demi-journees", minimum=5), {"half_days": 5}, Outcome.MET),
        (condition("demi-journees", minimum=5), {"half_days": 4}, Outcome.UNMET),
        (condition("exercice-coordonne", expected=True), {"coordinated": True}, Outcome.MET),
        (condition("permanence-des-soins", expected=True), {}, Outcome.UNKNOWN),
        (condition("effectif", maximum=10), {"employees": 0}, Outcome.MET),
        (condition("effectif", maximum=10), {"employees": 11}, Outcome.UNMET),
        (condition("regime-fiscal", "reel"), {"tax_regime": "micro"}, Outcome.UNMET),
        (condition("meme-categorie", expected=False), {"same_category": True}, Outcome.UNMET),
        (condition("age", minimum=60), {"age": 60}, Outcome.MET),
        (condition("a-verifier", code="siege"), {"checked": {"siege": True}}, Outcome.MET),
        (condition("a-verifier", code="siege"), {"checked": {"autre": True}}, Outcome.UNKNOWN),
        (condition("profil", "interne", mark=TO_CHECK), {"profiles": "retraite"}, Outcome.UNKNOWN),
        (condition("profil", "interne", mark=HALF), {"profiles": "retraite"}, Outcome.UNMET),
    ],
)
def test_one_condition(rule, answers, expected):
    assert outcome(rule, situation(**answers), DAY) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (place("ZIP"), Outcome.MET),
        (place("ZAC"), Outcome.UNMET),
        (place(None), Outcome.UNMET),
        (place(), Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
        (place("ZAC", partial=["ZIP"]), Outcome.UNKNOWN),
        (place("ZIP", partial=["ZAC"]), Outcome.UNKNOWN),
        (place("ZIP", partial=["ZIP"]), Outcome.MET),
        (place(zonage_medecin=ZoningState(partial=frozenset({"QPV"}), complete=False)), Outcome.UNKNOWN),
    ],
)
def test_zoning_of_a_place(where, expected):
    assert outcome(zoned("ZIP"), situation(place=where), DAY) == expected


def test_outside_every_level_is_a_level_too():
    assert outcome(zoned("HZ"), situation(place=place(None)), DAY) == Outcome.MET
    assert outcome(zoned("HZ"), situation(place=place("ZIP")), DAY) == Outcome.UNMET


def test_territory_of_a_commune_and_of_a_wider_place():
    rule = condition("territoire", "department:36")
    commune = place(inside=["department:36"])
    region = PracticePlace("24", "Région", frozenset({"region:24"}), frozenset({"region:24", "department:36"}))
    elsewhere = place(inside=["department:37"])
    found = [outcome(rule, situation(place=where), DAY) for where in (commune, region, elsewhere, None)]
    assert found == [Outcome.MET, Outcome.UNKNOWN, Outcome.UNMET, Outcome.UNKNOWN]


def test_unknown_zoning_gives_both_outcomes_and_the_question():
    verdict = evaluate(ZIP_ZAC, situation(place=place()), DAY)
    assert verdict.state == State.TO_CHECK
    assert verdict.questions == (ConditionKind.ZONING,)
    assert summary(verdict).replace("\u202f", " ").replace("\xa0", " ") == (
        "10 000 € si la commune est en ZIP, 5 000 € si la commune est en ZAC"
    )


def test_known_zoning_gives_one_case():
    verdict = evaluate(ZIP_ZAC, situation(place=place("ZAC")), DAY)
    assert verdict.state == State.ELIGIBLE
    assert [possible.case.code for possible in verdict.possible_cases] == ["zac"]
    assert summary(verdict).startswith("5")


def test_a_refusal_says_what_was_asked_and_what_was_answered():
    rule = aid(common=[condition("secteur", "secteur-1", "secteur-2-optam")])
    person = situation(sector="secteur-2")
    assert explain(evaluate(rule, person, DAY), person, DAY) == [
        "Il faut être conventionné en secteur 1 ou secteur 2 avec OPTAM\u00a0; ici\u00a0: secteur 2 sans OPTAM."
    ]


def test_a_half_confirmed_condition_keeps_its_mark_in_the_reason():
    rule = aid(common=[condition("profil", "interne", mark=HALF)])
    person = situation(profiles="retraite")
    assert "(lu dans la presse ou chez un tiers)" in explain(evaluate(rule, person, DAY), person, DAY)[0]


def test_dates_of_opening_are_those_of_the_project():
    rule = aid(opens_on=date(2026, 1, 1), closes_on=date(2026, 12, 31))
    assert state(rule, date(2025, 12, 31)) == State.NOT_ELIGIBLE
    assert state(rule, date(2026, 1, 1)) == State.ELIGIBLE
    assert state(rule, date(2026, 12, 31)) == State.ELIGIBLE
    assert state(rule, date(2027, 1, 1)) == State.NOT_ELIGIBLE


def test_an_announced_aid_waits_for_its_decree_but_still_refuses():
    rule = aid(state=TimeState.ANNOUNCED, common=[condition("profil", "interne")])
    assert state(rule, profiles="interne") == State.TO_CHECK
    assert state(rule, profiles="retraite") == State.NOT_ELIGIBLE
    person = situation(profiles="interne")
    assert "texte d'application attendu" in explain(evaluate(rule, person, DAY), person, DAY)[0]


def test_an_aid_to_be_checked_is_never_granted():
    assert state(aid(mark=TO_CHECK)) == State.TO_CHECK


def test_exclusions():
    rule = aid(exclusions=[condition("specialite", "radiologie")])
    assert state(rule, specialty="radiologie") == State.NOT_ELIGIBLE
    assert state(rule, specialty="pediatrie") == State.ELIGIBLE
    assert state(rule, specialty="autre-specialite") == State.TO_CHECK
    assert state(rule) == State.TO_CHECK
    doubtful = replace(rule, exclusions=(condition("specialite", "radiologie", mark=TO_CHECK),))
    assert state(doubtful, specialty="radiologie") == State.TO_CHECK


def test_a_local_variant_replaces_its_generic_aid_only_where_and_while_it_is_open():
    generic = aid(code="generique")
    local = aid(
        code="locale",
        common=[condition("territoire", "department:36")],
        variant_of="generique",
        closes_on=date(2026, 12, 31),
    )
    here = situation(place=place(inside=["department:36"]))
    elsewhere = situation(place=place(inside=["department:37"]))
    codes = [rule.code for rule in shown([generic, local], here, DAY)]
    assert codes == ["locale"]
    assert len(shown([generic, local], here, date(2027, 1, 1))) == 2
    assert len(shown([generic, local], elsewhere, DAY)) == 2
    assert len(evaluate_all([generic, local], situation(), DAY)) == 2


def test_only_missing_answers_are_asked():
    rule = aid(common=[condition("profil", "interne", mark=TO_CHECK), condition("age", maximum=40)])
    verdict = evaluate(rule, situation(profiles="retraite"), DAY)
    assert verdict.questions == (ConditionKind.AGE,)


def test_a_verdict_keeps_every_condition_with_its_outcome_the_common_ones_first():
    common, own = condition("age", maximum=40), condition("profil", "interne")
    excluding = condition("specialite", "radiologie")
    verdict = evaluate(
        aid(case(own), common=[common], exclusions=[excluding]), situation(age=30, profiles="retraite"), DAY
    )
    assert [(r.condition, r.outcome) for r in verdict.cases[0].results] == [
        (common, Outcome.MET), (own, Outcome.UNMET),
    ]  # fmt: skip
    assert [(r.condition, r.outcome) for r in verdict.exclusions] == [(excluding, Outcome.UNKNOWN)]
    assert (verdict.state, verdict.time_state) == (State.NOT_ELIGIBLE, TimeState.OPEN)


def test_a_case_is_as_good_as_its_worst_condition_and_an_aid_as_its_best_case():
    rule = aid(
        case(condition("age", maximum=40), condition("effectif", maximum=3), code="non"),
        case(condition("age", maximum=40), condition("regime-fiscal", "reel"), code="peut-etre"),
        case(condition("age", maximum=40), code="oui"),
    )
    verdict = evaluate(rule, situation(age=30, employees=9), DAY)
    assert [v.state for v in verdict.cases] == [State.NOT_ELIGIBLE, State.TO_CHECK, State.ELIGIBLE]
    assert verdict.state == State.ELIGIBLE
    assert [v.case.code for v in verdict.possible_cases] == ["oui"]
    assert verdict.questions == ()


def test_a_case_to_be_checked_is_not_granted_but_can_be_refused():
    rule = aid(case(condition("age", maximum=40), mark=TO_CHECK))
    assert [state(rule, age=age) for age in (30, 50)] == [State.TO_CHECK, State.NOT_ELIGIBLE]
    assert state(rule) == State.TO_CHECK
    assert state(aid(case(condition("age", maximum=40), mark=HALF)), age=30) == State.ELIGIBLE


def test_a_refused_aid_has_no_possible_case_even_where_a_case_would_do():
    for rule in (aid(exclusions=[condition("age", minimum=1)]), aid(closes_on=date(2020, 1, 1))):
        verdict = evaluate(rule, situation(age=30), DAY)
        assert verdict.cases[0].state == State.ELIGIBLE
        assert verdict.possible_cases == ()


def test_the_possible_cases_of_an_excluded_doubt_are_the_granted_ones():
    rule = aid(
        case(code="un"), case(condition("age", maximum=40), code="deux"), exclusions=[condition("effectif", minimum=5)]
    )
    verdict = evaluate(rule, situation(), DAY)
    assert verdict.state == State.TO_CHECK
    assert [v.case.code for v in verdict.possible_cases] == ["un"]
    # Its case without answer would not settle anything less: both questions are asked, in the order of the vocabulary.
    assert verdict.questions == (ConditionKind.EMPLOYEES, ConditionKind.AGE)


def test_a_doubt_never_makes_a_refusal_better():
    refused = condition("profil", "interne")
    for rule in (
        aid(case(refused), mark=TO_CHECK),
        aid(case(refused), state=TimeState.ANNOUNCED),
        aid(case(refused), exclusions=[condition("age", minimum=60)]),
    ):
        assert state(rule, profiles="retraite") == State.NOT_ELIGIBLE


def test_one_sure_exclusion_is_enough_beside_an_unknown_one():
    rule = aid(exclusions=[condition("age", minimum=60), condition("specialite", "radiologie")])
    assert state(rule, specialty="radiologie") == State.NOT_ELIGIBLE
    assert state(rule, specialty="pediatrie") == State.TO_CHECK


def test_an_announced_aid_whose_opening_is_to_come_is_refused_until_then():
    rule = aid(state=TimeState.ANNOUNCED, opens_on=date(2026, 9, 1))
    assert state(rule, date(2026, 8, 31)) == State.NOT_ELIGIBLE
    assert state(rule, date(2026, 9, 1)) == State.TO_CHECK


def test_the_questions_of_a_refused_case_are_not_asked():
    rule = aid(
        case(condition("profil", "interne"), condition("age", maximum=40), code="refuse"),
        case(condition("effectif", maximum=3), code="ouvert"),
    )
    assert evaluate(rule, situation(profiles="retraite"), DAY).questions == (ConditionKind.EMPLOYEES,)


def test_an_aid_that_is_itself_uncertain_asks_nothing():
    assert evaluate(aid(mark=TO_CHECK), situation(), DAY).questions == ()


def test_a_variant_must_be_open_and_surely_here_its_other_conditions_do_not_matter():
    generic = aid(code="generique")
    here = situation(place=place(inside=["department:36"]), profiles="retraite")
    local = aid(
        code="locale",
        common=[condition("profil", "interne"), condition("territoire", "department:36")],
        variant_of="generique",
    )
    assert [rule.code for rule in shown(iter([generic, local]), here, DAY)] == ["locale"]
    announced = replace(local, state=TimeState.ANNOUNCED)
    assert len(shown([generic, announced], here, DAY)) == 2
    both = replace(local, common=(*local.common, condition("territoire", "department:37")))
    assert len(shown([generic, both], here, DAY)) == 2


def test_several_answers_are_ored_and_each_may_be_made_precise():
    rule = condition("mode", "msp")
    for modes, expected in (
        ({"remplacement", "msp"}, Outcome.MET),
        ({"remplacement", "liberal"}, Outcome.UNKNOWN),
        ({"remplacement"}, Outcome.UNMET),
        (set(), Outcome.UNMET),
    ):
        assert outcome(rule, situation(modes=frozenset(modes)), DAY) == expected


@pytest.mark.parametrize(("kind", "name"), [("age", "age"), ("demi-journees", "half_days"), ("effectif", "employees")])
def test_both_bounds_of_a_number_are_included(kind, name):
    rule = condition(kind, minimum=2, maximum=4)
    found = [outcome(rule, situation(**{name: number}), DAY) for number in (1, 2, 3, 4, 5)]
    assert found == [Outcome.UNMET, Outcome.MET, Outcome.MET, Outcome.MET, Outcome.UNMET]
    assert outcome(rule, situation(), DAY) == Outcome.UNKNOWN
    assert outcome(condition(kind), situation(**{name: 0}), DAY) == Outcome.MET


@pytest.mark.parametrize(
    ("kind", "name"),
    [("premiere-installation", "first_installation"), ("exercice-coordonne", "coordinated"),
     ("permanence-des-soins", "duty"), ("meme-categorie", "same_category")],
)  # fmt: skip
def test_a_yes_or_no_is_met_by_the_answer_that_is_expected(kind, name):
    for expected in (True, False):
        rule = condition(kind, expected=expected)
        found = [outcome(rule, situation(**{name: answer}), DAY) for answer in (expected, not expected, None)]
        assert found == [Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("kind", "values", "name", "answers"),
    [("secteur", ["secteur-1"], "sector", ["secteur-1", "secteur-2", None]),
     ("regime-fiscal", ["reel"], "tax_regime", ["reel", "micro", None]),
     ("specialite", ["psychiatrie"], "specialty", ["psychiatrie", "medecine-generale", None]),
     ("structure", ["msp"], "structures", ["msp", "cpts", None])],
)  # fmt: skip
def test_a_term_is_met_by_itself_alone(kind, values, name, answers):
    found = [outcome(condition(kind, *values), situation(**{name: answer}), DAY) for answer in answers]
    assert found == [Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN]


def test_dates_of_installation_include_their_bounds_and_need_an_answer():
    rule = condition("date-installation", after=date(2026, 1, 1), before=date(2026, 6, 1))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 2), None)
    assert [outcome(rule, situation(installed_on=day), DAY) for day in days] == [
        Outcome.UNMET, Outcome.MET, Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN,
    ]  # fmt: skip
    assert outcome(condition("anciennete", minimum=1), situation(), DAY) == Outcome.UNKNOWN


def test_a_point_that_a_person_has_checked():
    rule = condition("a-verifier", code="siege")
    found = [outcome(rule, situation(checked=checked), DAY) for checked in ({"siege": True}, {"siege": False}, {})]
    assert found == [Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("zoning", "expected"),
    [
        (ZoningState(frozenset({"ZIP"}), complete=False), Outcome.UNKNOWN),
        (ZoningState(frozenset({"ZAC"}), complete=False), Outcome.UNKNOWN),
        (ZoningState(frozenset({"ZIP", "ZAC"})), Outcome.MET),
        (ZoningState(frozenset({"ZIP"}), frozenset({"ZIP", "ZAC"})), Outcome.UNKNOWN),
        (ZoningState(partial=frozenset({"ZIP"})), Outcome.UNKNOWN),
        (ZoningState(partial=frozenset({"ZAC"})), Outcome.UNMET),
    ],
)
def test_a_zoning_that_covers_a_part_or_says_only_a_part(zoning, expected):
    where = PracticePlace("36001", "Ma Commune", zonings={zoned("ZIP").scheme: zoning})
    assert outcome(zoned("ZIP"), situation(place=where), DAY) == expected


def test_a_doubtful_seniority_that_was_answered_is_not_asked_again():
    rule = aid(common=[condition("anciennete", maximum=11, mark=TO_CHECK)])
    verdict = evaluate(rule, situation(installed_on=date(2020, 1, 1)), DAY)
    assert (verdict.state, verdict.questions) == (State.TO_CHECK, ())


def test_each_case_is_judged_on_the_day_of_the_project():
    rule = aid(case(condition("anciennete", maximum=11)))
    settled = situation(installed_on=date(2025, 6, 15))
    assert [evaluate(rule, settled, day).state for day in (DAY, date(2026, 6, 15))] == [
        State.ELIGIBLE, State.NOT_ELIGIBLE,
    ]  # fmt: skip


def test_a_case_to_be_checked_is_named_among_the_possible_ones():
    verdict = evaluate(aid(case(code="doute", mark=TO_CHECK)), situation(), DAY)
    assert [possible.case.code for possible in verdict.possible_cases] == ["doute"]


def test_an_aid_without_any_case_is_granted_to_nobody():
    verdict = evaluate(replace(aid(), cases=()), situation(), DAY)
    assert (verdict.state, verdict.possible_cases) == (State.NOT_ELIGIBLE, ())


def test_the_place_of_a_variant_does_not_depend_on_the_other_conditions_of_its_cases():
    local = aid(case(condition("territoire", "department:37")), code="locale", variant_of="generique")
    here = situation(place=place(inside=["department:36"]))
    assert [rule.code for rule in shown([aid(code="generique"), local], here, DAY)] == ["locale"]
