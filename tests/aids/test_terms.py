from aids.terms import Terms

PRACTICE = Terms(
    [("liberal", "libéral"), ("msp", "maison de santé"), ("solo", "seul"), ("salarie", "salarié")],
    {"msp": frozenset({"liberal", "coordonne"}), "solo": frozenset({"liberal"})},
)


def test_a_term_is_surely_itself_and_its_broader_terms():
    assert PRACTICE.surely("msp") == {"msp", "liberal", "coordonne"}
    assert PRACTICE.surely("liberal") == {"liberal"}
    assert PRACTICE.surely("salarie") == {"salarie"}


def test_a_term_may_be_each_narrower_one_with_all_that_this_one_is():
    assert PRACTICE.possibly("liberal") == {"liberal", "msp", "solo", "coordonne"}
    assert PRACTICE.possibly("msp") == {"msp", "liberal", "coordonne"}
    assert PRACTICE.possibly("salarie") == {"salarie"}


def test_a_term_of_another_vocabulary_is_only_itself():
    assert PRACTICE.surely("inconnu") == PRACTICE.possibly("inconnu") == {"inconnu"}


def test_words_come_in_the_order_of_the_vocabulary_and_nothing_need_be_broader():
    assert list(PRACTICE.words.items())[:2] == [("liberal", "libéral"), ("msp", "maison de santé")]
    assert Terms([("a", "A")]).surely("a") == {"a"}
