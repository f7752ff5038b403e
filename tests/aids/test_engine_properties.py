from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from aids.conditions.declaration import Outcome
from aids.eligibility import State, evaluate, outcome, sight, signature
from aids.reasons import explain, single_changes
from aids.rules import Situation
from aids.vocabulary import TimeState
from tests.aids.strategies import ANSWERS, DAYS, conditions, places, rules, situations

BLANK = Situation()
quick = settings(max_examples=150, deadline=None)


def forget(situation, names):
    return replace(situation, **{name: getattr(BLANK, name) for name in names})


def outcomes(verdict):
    return [[result.outcome for result in case.results] for case in verdict.cases]


@quick
@given(conditions, situations, st.sets(st.sampled_from(sorted(ANSWERS))), DAYS)
def test_an_answer_added_never_turns_a_settled_condition_into_an_unknown_one(condition, situation, hidden, day):
    before = outcome(condition, forget(situation, hidden), day)
    after = outcome(condition, situation, day)
    if before != Outcome.UNKNOWN:
        assert after == before or condition.kind == "a-verifier"


@quick
@given(rules(), situations, st.sets(st.sampled_from(sorted(ANSWERS))), DAYS)
def test_an_answer_added_never_turns_a_refusal_or_a_grant_into_anything_else(aid, situation, hidden, day):
    before = evaluate(aid, forget(situation, hidden), day).state
    if before != State.TO_CHECK:
        assert evaluate(aid, situation, day).state == before


@quick
@given(rules(), situations, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_cases_and_conditions_never_matters(aid, situation, day, random):
    def shuffled(items):
        items = list(items)
        random.shuffle(items)
        return tuple(items)

    mixed = replace(
        aid,
        cases=shuffled(replace(case, conditions=shuffled(case.conditions)) for case in aid.cases),
        common=shuffled(aid.common),
        exclusions=shuffled(aid.exclusions),
    )
    one, other = evaluate(aid, situation, day), evaluate(mixed, situation, day)
    assert (one.state, one.questions) == (other.state, other.questions)
    assert sorted(map(sorted, outcomes(one))) == sorted(map(sorted, outcomes(other)))


@quick
@given(rules(), situations, DAYS)
def test_a_closed_aid_is_never_granted_and_an_announced_one_never_for_sure(aid, situation, day):
    verdict = evaluate(aid, situation, day)
    if verdict.time_state == TimeState.CLOSED:
        assert verdict.state == State.NOT_ELIGIBLE
    if verdict.time_state == TimeState.ANNOUNCED:
        assert verdict.state != State.ELIGIBLE


@quick
@given(rules(), situations, DAYS)
def test_every_verdict_that_is_not_a_plain_grant_is_explained(aid, situation, day):
    verdict = evaluate(aid, situation, day)
    doubtful_case = any(case.case.mark == "a-verifier" for case in verdict.cases)
    if verdict.state != State.ELIGIBLE and not doubtful_case:
        assert explain(verdict, situation, day)


@quick
@given(rules(), situations, DAYS)
def test_questions_are_those_whose_answer_is_missing(aid, situation, day):
    full = Situation(**{field.name: getattr(situation, field.name) for field in fields(Situation)})
    verdict = evaluate(aid, full, day)
    assert verdict.state == State.TO_CHECK or not verdict.questions


@quick
@given(st.lists(rules(), min_size=1, max_size=4), places, places, situations, DAYS)
def test_places_of_one_signature_get_one_answer(aids, place, other, situation, day):
    seen = sight(aids)
    if signature(place, seen) == signature(other, seen):
        for aid in aids:
            assert outcomes(evaluate(aid, replace(situation, place=place), day)) == outcomes(
                evaluate(aid, replace(situation, place=other), day)
            )


@quick
@given(rules(), situations, DAYS)
def test_a_single_change_differs_by_one_answer_and_lifts_the_refusal(aid, situation, day):
    for change in single_changes(aid, situation, day):
        changed = [
            field.name
            for field in fields(Situation)
            if getattr(change.situation, field.name) != getattr(situation, field.name)
        ]
        assert len(changed) == 1
        assert evaluate(aid, change.situation, day).state == change.state != State.NOT_ELIGIBLE
