from aids.vocabulary import Terms


def practice():
    """Made anew for each test: a vocabulary is otherwise built once, before any rule of it is broken."""
    return Terms(
        [("liberal", "libéral"), ("msp", "maison de santé"), ("solo", "seul"), ("salarie", "salarié")],
        {"msp": frozenset({"liberal", "coordonne"}), "solo": frozenset({"liberal"})},
    )


def test_a_term_is_surely_itself_and_its_broader_terms():
    assert practice().surely("msp") == {"msp", "liberal", "coordonne"}
    assert practice().surely("liberal") == {"liberal"}
    assert practice().surely("salarie") == {"salarie"}


def test_a_term_may_be_each_narrower_one_with_all_that_this_one_is():
    assert practice().possibly("liberal") == {"liberal", "msp", "solo", "coordonne"}
    assert practice().possibly("msp") == {"msp", "liberal", "coordonne"}
    assert practice().possibly("salarie") == {"salarie"}


def test_a_term_of_another_vocabulary_is_only_itself():
    assert practice().surely("inconnu") == practice().possibly("inconnu") == {"inconnu"}


def test_words_come_in_the_order_of_the_vocabulary_and_nothing_need_be_broader():
    assert list(practice().words.items())[:2] == [("liberal", "libéral"), ("msp", "maison de santé")]
    assert Terms([("a", "A")]).surely("a") == {"a"}
