from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from aids.sums import heaviest

CODES = "abcdef"
PAIRS = st.sets(st.sampled_from(list(combinations(CODES, 2))))
WEIGHTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=len(CODES), max_size=len(CODES))


def neighbours(pairs, codes=CODES):
    return {code: {b if a == code else a for a, b in pairs if code in (a, b)} for code in codes}


def by_brute_force(weights, pairs):
    """The set of most weight, digit by digit; among equals the one that holds the first codes."""
    subsets = chain.from_iterable(combinations(sorted(weights), size) for size in range(len(weights) + 1))
    compatible = [subset for subset in subsets if not any(a in subset and b in subset for a, b in pairs)]

    def worth(subset):
        sums = [sum(weights[code][digit] for code in subset) for digit in (0, 1)]
        return *sums, *(code in subset for code in sorted(weights))

    return set(max(compatible, key=worth))


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, PAIRS)
def test_the_very_set_that_brute_force_finds_ties_included(values, pairs):
    weights = dict(zip(CODES, values, strict=True))
    assert heaviest(weights, neighbours(pairs)) == by_brute_force(weights, pairs)


def test_of_equals_the_first_codes_of_the_alphabet():
    assert heaviest({"b": (1,), "a": (1,)}, neighbours([("a", "b")], "ab")) == {"a"}
    ring = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
    assert heaviest(dict.fromkeys("abcd", (1,)), neighbours(ring, "abcd")) == {"a", "c"}


def test_what_is_worth_nothing_is_taken_when_nothing_stands_against_it():
    assert heaviest({"a": (0,), "b": (3,)}, neighbours([], "ab")) == {"a", "b"}
    assert heaviest({}, {}) == set()


def test_a_conflict_with_an_aid_that_is_not_there_says_nothing():
    assert heaviest({"a": (1,), "b": (1,)}, {"a": {"z"}, "b": {"y"}}) == {"a", "b"}


def test_a_chain_falls_apart_once_its_middle_is_taken():
    links = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    assert heaviest({"a": (2,), "b": (1,), "c": (2,), "d": (3,), "e": (2,)}, neighbours(links, "abcde")) == {
        "a", "c", "e",
    }  # fmt: skip
    assert heaviest({"a": (2,), "b": (1,), "c": (2,), "d": (5,), "e": (2,)}, neighbours(links, "abcde")) == {"a", "d"}
