"""Golden cases: profile × commune, on the content of the region, with the verdicts that must not move unseen."""

import json
from datetime import date
from decimal import Decimal

import pytest

from aids.amounts import Range, total
from aids.catalogue import incompatibilities, to_rules
from aids.eligibility import State, evaluate, evaluate_all
from aids.golden import golden_case
from aids.models import Aid
from aids.payback import payback
from aids.reasons import Located, explain, near_misses, single_changes
from aids.rules import PracticePlace, Situation, ZoningState
from aids.sums import best_plan, offers, timeline
from aids.vocabulary import Mark, Taxation
from tests.aids.regions import FILES, REGION_FILE, centre_val_de_loire, choletais, load

DAY = date(2026, 6, 1)
CASES = json.loads(REGION_FILE.with_name("golden.json").read_text())
STATES = {"accordees": State.ELIGIBLE, "a_verifier": State.TO_CHECK, "refusees": State.NOT_ELIGIBLE}


@pytest.fixture
def rules(db):
    centre_val_de_loire()
    load(REGION_FILE)
    return {rule.code: rule for rule in to_rules(Aid.objects.live())}


def situation_of(case):
    return golden_case(case["titre"], case).situation


def golden(title):
    return situation_of(next(case for case in CASES if case["titre"] == title))


def test_golden_verdicts(rules):
    wrong = []
    for case in CASES:
        situation = situation_of(case)
        for name, state in STATES.items():
            for code in case.get(name, []):
                verdict = evaluate(rules[code], situation, DAY)
                if verdict.state != state:
                    wrong.append((case["titre"], code, verdict.state.name, explain(verdict, situation, DAY)))
        for code, words in case.get("raisons", {}).items():
            said = " ".join(explain(evaluate(rules[code], situation, DAY), situation, DAY))
            if words not in said:
                wrong.append((case["titre"], code, said))
        for code, euros in case.get("montants", {}).items():
            amounts = [total(c.case.amounts) for c in evaluate(rules[code], situation, DAY).possible_cases]
            if amounts != [Range(Decimal(euros), Decimal(euros))]:
                wrong.append((case["titre"], code, amounts))
    assert wrong == []


def test_golden_codes_exist(rules):
    named = {code for case in CASES for name in STATES for code in case.get(name, [])}
    assert named <= rules.keys()


def test_outside_both_zones_the_nearest_better_commune_is_named(rules):
    person = golden("généraliste qui s'installe, secteur 1, hors zone")

    def commune(name, level, km):
        zonings = {"zonage_medecin": ZoningState(frozenset({level}))}
        return Located(PracticePlace(name, name, frozenset(), frozenset(), zonings), 47 + km / 111.195, 1.0)

    towns = [commune("Loin", "ZIP", 20), commune("Près", "ZAC", 6)]
    found = near_misses(rules["aide-primo-installation"], person, commune("Ici", "HZ", 0), towns, DAY)
    assert [(miss.place.name, round(miss.distance_km), miss.gain.low) for miss in found] == [
        ("Près", 6, 5000), ("Loin", 20, 10000),
    ]  # fmt: skip


def test_in_sector_2_without_optam_the_sector_is_the_single_answer_to_change(rules):
    changes = single_changes(rules["aide-primo-installation"], golden("secteur 2 sans OPTAM"), DAY)
    assert [(change.condition.kind, change.state) for change in changes] == [("secteur", State.ELIGIBLE)]


def test_the_indre_bursary_and_its_five_years(rules):
    person = golden("interne de médecine générale, projet dans l'Indre en ZIP")
    verdict = evaluate(rules["bourse-indre"], person, DAY)
    (offer,) = offers([verdict], study_months=36)
    plan = best_plan([offer], [])
    assert [(t.mark, t.euros.low) for t in plan.totals] == [(Mark.CONFIRMED, 36_000)]
    (duty,) = timeline(plan.chosen).duties
    assert (duty.start, duty.end) == (36, 96)
    assert payback(offer, 12).refund is None


def test_the_cesp_and_what_leaving_costs(rules):
    verdict = evaluate(rules["cesp"], golden("externe qui demande un CESP"), DAY)
    (offer,) = offers([verdict], study_months=48)
    assert best_plan([offer], []).totals[0].taxation == Taxation.GROSS
    (duty,) = timeline([offer]).duties
    assert (duty.start, duty.end) == (48, 96)
    early, graduate = payback(offer, 6), payback(offer, 48, has_degree=True)
    assert (early.refund.low, early.penalty, early.mark) == (7_200, 2_000, Mark.HALF)
    assert (graduate.refund.low, graduate.penalty) == (57_600, 20_000)
    assert payback(offer, 96).done


def test_the_department_bursary_stands_in_for_the_generic_one(rules):
    codes = {v.aid.code for v in evaluate_all(rules.values(), golden("externe qui demande un CESP"), DAY)}
    assert "bourse-indre" in codes
    assert "indemnite-etude-projet-professionnel" not in codes


def test_amounts_to_be_confirmed_never_enter_a_sum(rules):
    every = [offer for case in CASES for offer in offers(evaluate_all(rules.values(), situation_of(case), DAY), 36)]
    plan = best_plan({offer.code: offer for offer in every}.values(), incompatibilities(Aid.objects.live()))
    assert plan.totals
    assert all(total.mark != Mark.TO_CHECK for total in plan.totals)


def test_cholet_as_another_region_would(db):
    choletais()
    load(FILES / "cholet.json")
    rules = {rule.code: rule for rule in to_rules(Aid.objects.live())}
    inside = frozenset({"epci:200071678", "commune:49099"})
    zac = PracticePlace("49099", "Cholet", inside, inside, {"zonage_medecin": ZoningState(frozenset({"ZAC"}))})
    intern = Situation(profiles=frozenset({"interne"}), specialty="medecine-generale", place=zac)
    verdict = evaluate(rules["cholet-etude-projet"], intern, DAY)
    assert verdict.state == State.ELIGIBLE
    assert evaluate(rules["cholet-etude-projet"], intern, date(2027, 1, 1)).state == State.NOT_ELIGIBLE
    (offer,) = offers([verdict], study_months=24)
    assert (offer.commitment.months, offer.amounts[0].maximum, offer.amounts[0].mark) == (60, 4_800, Mark.HALF)
