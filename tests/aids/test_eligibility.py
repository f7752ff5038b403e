from dataclasses import replace
from datetime import date

import pytest

from aids.amounts import summary
from aids.eligibility import Outcome, State, evaluate, evaluate_all, outcome, shown
from aids.reasons import explain
from aids.situations import Place, ZoningState
from aids.vocabulary import ConditionKind, TimeState
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
    region = Place("24", "Région", frozenset({"region:24"}), frozenset({"region:24", "department:36"}))
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
