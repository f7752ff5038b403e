"""The questionnaire proposes few options, always the same ones, with reasons that come from the answers given."""

from hypothesis import given
from hypothesis import strategies as st

from guide.editorial.enums import QUESTIONS, Answer, question_of
from guide.editorial.practice.questionnaire import MAX_PROPOSALS, Candidate, Fit, propose

FITS = st.lists(
    st.builds(Fit, st.sampled_from(Answer.values), st.sampled_from([-2, -1, 1, 2]), st.text("abc ", min_size=1)),
    max_size=8,
    unique_by=lambda fit: fit.answer,
)
OPTIONS = st.lists(
    st.builds(Candidate, st.text("abcd", min_size=1, max_size=4), st.integers(0, 9), FITS.map(tuple)),
    max_size=8,
    unique_by=lambda option: option.slug,
)
ANSWERS = st.fixed_dictionaries(
    {question.name: st.sampled_from([None, *(a.value for _, a in question.choices)]) for question in QUESTIONS}
).map(lambda given: frozenset(answer for answer in given.values() if answer))


@given(ANSWERS, OPTIONS, st.randoms())
def test_the_order_of_options_and_fits_never_matters(answers, options, rng):
    shuffled = [option._replace(fits=tuple(rng.sample(option.fits, len(option.fits)))) for option in options]
    rng.shuffle(shuffled)
    assert propose(answers, options) == propose(set(answers), shuffled)


@given(ANSWERS, OPTIONS)
def test_few_are_proposed_the_best_first_each_with_a_reason(answers, options):
    found = propose(answers, options)
    assert len(found) <= MAX_PROPOSALS
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert all(p.score > 0 and p.reasons for p in found)
    assert len({p.slug for p in found}) == len(found)


@given(ANSWERS, OPTIONS)
def test_reasons_come_from_the_answers_given_only(answers, options):
    fits = {option.slug: set(option.fits) for option in options}
    for proposal in propose(answers, options):
        shown = [*proposal.reasons, *proposal.against]
        assert {fit.answer for fit in shown} <= answers
        assert set(shown) == {fit for fit in fits[proposal.slug] if fit.answer in answers}
        assert all(fit.weight > 0 for fit in proposal.reasons)
        assert all(fit.weight < 0 for fit in proposal.against)
        assert proposal.score == sum(fit.weight for fit in shown)


@given(OPTIONS)
def test_without_an_answer_nothing_is_proposed(options):
    assert propose(frozenset(), options) == []


@given(ANSWERS, OPTIONS)
def test_no_option_left_out_scores_more_than_one_proposed(answers, options):
    found = propose(answers, options)
    kept = {proposal.slug for proposal in found}
    others = [sum(f.weight for f in o.fits if f.answer in answers) for o in options if o.slug not in kept]
    if len(found) == MAX_PROPOSALS:
        assert max(others, default=0) <= found[-1].score
    else:
        assert max(others, default=0) <= 0


def test_equal_scores_follow_the_order_of_the_list():
    fit = (Fit("statut-liberal", 1, "raison"),)
    options = [Candidate("b", 2, fit), Candidate("c", 1, fit), Candidate("a", 2, fit)]
    assert [p.slug for p in propose({"statut-liberal"}, options)] == ["c", "a", "b"]


def test_every_answer_belongs_to_one_question():
    listed = [answer for question in QUESTIONS for _, answer in question.choices]
    assert sorted(listed) == sorted(Answer)
    assert all(f"{question.name}-{value}" == answer for question in QUESTIONS for value, answer in question.choices)
    assert {question_of(answer) for answer in Answer} == {question.name for question in QUESTIONS}
