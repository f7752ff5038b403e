from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from aids.amounts import Range, words
from aids.eligibility import State, evaluate_all
from aids.payback import payback
from aids.rules import Amount, Commitment, ExitRule, Incompatibility
from aids.sums import Offer, Total, best_plan, heaviest, offers, timeline, totals, weight
from aids.vocabulary import AmountKind, ExitKind, Mark, Taxation
from tests.aids.rules import DAY, HALF, TO_CHECK, aid, case, lump, monthly, place, situation, zoned

GROSS = Taxation.GROSS


def offer(code, *amounts, **more):
    return Offer(code, code, tuple(amounts), **more)


def exactly(euros):
    return Range(Decimal(euros), Decimal(euros))


CODES = [f"a{n}" for n in range(8)]
graphs = st.sets(st.sampled_from(list(combinations(CODES, 2))), max_size=14)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=8, max_size=8), graphs)
def test_the_best_set_is_compatible_and_as_good_as_brute_force(values, pairs):
    conflicts = {code: {b if a == code else a for a, b in pairs if code in (a, b)} for code in CODES}
    weights = {code: (value, 1) for code, value in zip(CODES, values, strict=True)}
    chosen = heaviest(weights, conflicts)
    assert not any(a in chosen and b in chosen for a, b in pairs)
    best = max(
        (sum(weights[c][0] for c in subset), len(subset))
        for size in range(len(CODES) + 1)
        for subset in combinations(CODES, size)
        if not any(a in subset and b in subset for a, b in pairs)
    )
    assert (sum(weights[c][0] for c in chosen), len(chosen)) == best


def test_sixty_aids_in_a_ring_of_conflicts_are_solved_exactly():
    codes = [f"a{n:02}" for n in range(60)]
    conflicts = {code: set() for code in codes}
    for rank, code in enumerate(codes):
        for step in (1, 2):
            other = codes[(rank + step) % 60]
            conflicts[code].add(other)
            conflicts[other].add(code)
    assert len(heaviest(dict.fromkeys(codes, (1,)), conflicts)) == 20


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), graphs)
def test_the_order_of_aids_never_changes_the_plan(order, pairs):
    candidates = [offer(code, lump(100)) for code in CODES[:6]]
    conflicts = [Incompatibility(a, b) for a, b in pairs]
    mixed = [candidates[rank] for rank in order]
    assert best_plan(mixed, conflicts[::-1]) == best_plan(candidates, conflicts)


def test_conflicts_name_what_they_replace_and_what_the_other_choice_gives():
    plan = best_plan(
        [offer("a", lump(10_000)), offer("b", lump(6_000)), offer("c", lump(3_000))],
        [Incompatibility("b", "a"), Incompatibility("a", "c")],
    )
    assert [chosen.code for chosen in plan.chosen] == ["a"]
    other = plan.alternatives[0]
    assert (other.offer.code, other.instead_of) == ("b", ("a",))
    assert other.totals[0].euros == exactly(9_000)


def test_marks_and_taxation_are_never_added_together():
    plan = best_plan(
        [
            offer("a", lump(100, taxation=GROSS), lump(50)),
            offer("b", lump(30, mark=HALF), monthly(10, 12, taxation=GROSS)),
            offer("c", lump(999, mark=TO_CHECK)),
        ],
        [],
    )
    assert [(t.mark, t.taxation, t.euros.low) for t in plan.totals] == [
        (Mark.CONFIRMED, GROSS, 220),
        (Mark.CONFIRMED, Taxation.UNKNOWN, 50),
        (Mark.HALF, Taxation.UNKNOWN, 30),
    ]
    assert [o.code for o, _ in plan.unconfirmed] == ["c"]


def test_what_is_not_money_received_stands_beside_the_total():
    loan = Amount(AmountKind.LOAN, maximum=Decimal(50_000))
    salary = Amount(AmountKind.SALARY, Decimal(5_000), Decimal(8_950))
    wage_cost = Amount(AmountKind.COST_SHARE, Decimal(38_000))
    share = Amount(AmountKind.PERCENTAGE, Decimal(10))
    plan = best_plan([offer("a", loan, salary, wage_cost, share)], [])
    assert plan.totals == ()
    assert len(plan.beside) == 4


def test_money_without_a_known_end_is_not_in_the_total_but_is_chosen():
    open_ended = offer("cesp", Amount(AmountKind.MONTHLY, Decimal(1_200), until_studies_end=True))
    plan = best_plan([open_ended, offer("b", lump(1_000))], [Incompatibility("b", "cesp")])
    assert [chosen.code for chosen in plan.chosen] == ["cesp"]
    assert plan.totals == ()
    assert len(plan.open_ended) == 1
    known = Offer("cesp", "cesp", open_ended.amounts, study_months=24)
    assert best_plan([known], []).totals[0].euros == exactly(28_800)


def test_confirmed_money_is_chosen_before_more_money_read_in_the_press():
    plan = best_plan([offer("a", lump(5_000)), offer("b", lump(50_000, mark=HALF))], [Incompatibility("a", "b")])
    assert [chosen.code for chosen in plan.chosen] == ["a"]


def test_an_offer_is_the_case_that_pays_most_of_a_granted_aid():
    rule = aid(case(code="peu", amounts=[lump(1)]), case(code="mieux", amounts=[lump(2)]))
    zoning = aid(case(zoned("ZIP"), amounts=[lump(9)]), code="zip")
    verdicts = evaluate_all([rule, zoning], situation(place=place()), DAY)
    assert [(o.code, o.amounts[0].minimum) for o in offers(verdicts, None)] == [("aide", 2)]
    assert [o.code for o in offers(verdicts, None, State.TO_CHECK)] == ["zip"]


def test_timeline_puts_each_month_and_each_duty_in_its_place():
    grant = offer("bourse", monthly(100, 3), commitment=Commitment("5 ans", 60, after_studies=True), study_months=12)
    yearly = offer("an", Amount(AmountKind.YEARLY, Decimal(9), months=24, start_month=12))
    line = timeline([grant, yearly])
    assert [(p.month, p.code) for p in line.payments] == [
        (0, "bourse"), (1, "bourse"), (2, "bourse"), (12, "an"), (24, "an"),
    ]  # fmt: skip
    assert [(d.start, d.end) for d in line.duties] == [(12, 72)]
    assert {(p.mark, p.taxation, p.euros) for p in line.payments[:3]} == {
        (Mark.CONFIRMED, Taxation.UNKNOWN, exactly(100))
    }


def test_timeline_is_cut_at_eight_years_and_a_duty_may_have_no_place_yet():
    long = offer("long", monthly(1, 200), commitment=Commitment("après les études", 24, after_studies=True))
    line = timeline([long])
    assert len(line.payments) == 96
    assert line.duties[0].start is None


def test_duty_as_long_as_paid_with_a_minimum():
    def end(months):
        rule = Commitment("autant", 24, as_long_as_paid=True)
        return timeline([offer("cesp", monthly(1, months), commitment=rule)]).duties[0].end

    assert (end(12), end(36)) == (24, 36)


def test_payback_month_by_month():

    rule = ExitRule(ExitKind.REFUND, Decimal(200), Decimal(2_000), Decimal(20_000), "tout", mark=HALF)
    cesp = offer("cesp", monthly(1_200, 24), exit=rule, commitment=Commitment("", 24, True, True), study_months=24)
    early, later = payback(cesp, 3), payback(cesp, 24)
    assert (early.refund, early.penalty, early.mark) == (exactly(3_600), Decimal(2_000), HALF)
    assert (later.refund, later.penalty) == (exactly(28_800), Decimal(4_800))
    assert payback(cesp, 30, has_degree=True).penalty == 20_000
    assert payback(cesp, 48).done


def test_payback_in_proportion_of_what_is_left():

    pro = offer("prime", lump(6_000), exit=ExitRule(ExitKind.PRORATA), commitment=Commitment("3 ans", 36))
    assert payback(pro, 1).refund == exactly("5833.33")
    assert payback(pro, 18).refund == exactly("3000.00")
    assert payback(pro, 36).done


def test_payback_of_an_unknown_rule_gives_no_figure():

    unknown = offer("x", lump(1), commitment=Commitment("5 ans", 60))
    free = offer("y", lump(1), exit=ExitRule(ExitKind.NONE))
    first, second = payback(unknown, 6), payback(free, 6)
    assert (first.refund, first.done) == (None, False)
    assert second.done


def test_words_of_amounts():
    plain = lambda amount: words(amount).replace("\u202f", " ").replace("\xa0", " ")  # noqa: E731
    assert plain(lump(10_000)) == "10 000 €"
    assert plain(monthly("1200", 36, taxation=GROSS)) == "1 200 € par mois pendant 36 mois (brut)"
    assert plain(Amount(AmountKind.LOAN, maximum=Decimal(50_000))) == "prêt jusqu'à 50 000 €"
    assert plain(Amount(AmountKind.PERCENTAGE, Decimal("13.5"), label="taux")) == "13,5 % : taux"
    assert plain(Amount(AmountKind.PERCENTAGE, Decimal(50), label="de la part socle")) == "50 % de la part socle"
    assert plain(Amount(AmountKind.YEARLY, Decimal(28_000), months=12, start_month=12)) == "28 000 € par an (2e année)"
    assert plain(lump(1, mark=TO_CHECK)) == "1 € (à confirmer)"
    assert plain(Amount(AmountKind.IN_KIND, label="un logement")) == "un logement"
    assert plain(Amount(AmountKind.LUMP_SUM)) == "montant non renseigné"
    both = Amount(AmountKind.LUMP_SUM, Decimal(1_200), Decimal(10_000))
    assert plain(both) == "de 1 200 à 10 000 €"


def test_an_offer_keeps_what_the_aid_commits_to():
    rule = aid(
        case(amounts=[lump(3)]),
        code="bourse",
        commitment=Commitment("5 ans", 60),
        exit=ExitRule(ExitKind.REFUND),
    )
    (found,) = offers(evaluate_all([rule], situation(), DAY), 18)
    assert found == Offer("bourse", "bourse", (lump(3),), Commitment("5 ans", 60), ExitRule(ExitKind.REFUND), 18)


def test_of_two_cases_that_pay_the_same_the_first_is_offered():
    rule = aid(case(code="un", amounts=[lump(2, label="un")]), case(code="deux", amounts=[lump(2, label="deux")]))
    (found,) = offers(evaluate_all([rule], situation(), DAY), None)
    assert found.amounts[0].label == "un"


def test_the_case_that_pays_most_depends_on_the_months_of_study_that_are_left():
    grant = Amount(AmountKind.MONTHLY, Decimal(100), until_studies_end=True)
    rule = aid(case(code="forfait", amounts=[lump(1_000)]), case(code="bourse", amounts=[grant]))
    kinds = [offers(evaluate_all([rule], situation(), DAY), left)[0].amounts[0].kind for left in (None, 6, 24)]
    assert kinds == [AmountKind.LUMP_SUM, AmountKind.LUMP_SUM, AmountKind.MONTHLY]


def test_what_an_offer_is_worth_counts_in_cents_and_sure_money_first():
    half = Amount(AmountKind.LUMP_SUM, Decimal("7.50"), Decimal(9), mark=HALF)
    sure = Amount(AmountKind.LUMP_SUM, Decimal("10.25"), Decimal(20))
    assert weight(offer("a", sure, half)) == (1_025, 750, 2_000, 900, 1)
    assert weight(offer("a", lump(5), lump(6))) == (1_100, 0, 1_100, 0, 1)
    assert weight(offer("a", lump(5, mark=TO_CHECK), Amount(AmountKind.LOAN, Decimal(9)))) == (0, 0, 0, 0, 1)


def test_money_without_a_known_end_is_worth_one_year():
    grant = Amount(AmountKind.MONTHLY, Decimal(100), until_studies_end=True)
    assert weight(offer("a", grant))[0] == 120_000
    assert weight(offer("a", grant, study_months=3))[0] == 30_000


def test_among_equals_the_most_that_may_be_reached_then_the_most_aids():
    wide = Amount(AmountKind.LUMP_SUM, Decimal(10), Decimal(90))
    plan = best_plan([offer("a", lump(10)), offer("b", wide)], [Incompatibility("a", "b")])
    assert [chosen.code for chosen in plan.chosen] == ["b"]
    many = [offer("a", lump(20)), offer("b", lump(10)), offer("c", lump(10))]
    plan = best_plan(many, [Incompatibility("a", "b"), Incompatibility("a", "c")])
    assert [chosen.code for chosen in plan.chosen] == ["b", "c"]


def test_a_conflict_with_itself_or_with_an_aid_that_is_not_there_changes_nothing():
    plan = best_plan(
        [offer("a", lump(1))], [Incompatibility("a", "a"), Incompatibility("a", "z"), Incompatibility("z", "a")]
    )
    assert [chosen.code for chosen in plan.chosen] == ["a"]
    assert plan.alternatives == ()


def test_each_aid_left_out_says_what_it_stands_against_and_what_it_would_give():
    candidates = [offer(code, lump(euros)) for code, euros in (("d", 1), ("c", 2), ("b", 6), ("a", 5), ("e", 3))]
    conflicts = [Incompatibility(*pair) for pair in ("ca", "cb", "bd", "dc")]
    plan = best_plan(candidates, conflicts)
    assert [chosen.code for chosen in plan.chosen] == ["a", "b", "e"]
    assert [(other.offer.code, other.instead_of) for other in plan.alternatives] == [("c", ("a", "b")), ("d", ("b",))]
    assert [other.totals for other in plan.alternatives] == [
        (Total(Mark.CONFIRMED, Taxation.UNKNOWN, exactly(5)),),
        (Total(Mark.CONFIRMED, Taxation.UNKNOWN, exactly(9)),),
    ]


def test_sums_come_confirmed_first_then_gross_net_and_unsaid():
    taxed = [lump(rank, taxation=tax, mark=mark) for rank, (mark, tax) in enumerate(
        [(HALF, Taxation.NET), (Mark.CONFIRMED, Taxation.UNKNOWN), (HALF, GROSS), (Mark.CONFIRMED, Taxation.NET),
         (Mark.CONFIRMED, GROSS)], 1)]  # fmt: skip
    assert [(line.mark, line.taxation, line.euros) for line in totals([offer("a", *taxed)])] == [
        (Mark.CONFIRMED, GROSS, exactly(5)),
        (Mark.CONFIRMED, Taxation.NET, exactly(4)),
        (Mark.CONFIRMED, Taxation.UNKNOWN, exactly(2)),
        (HALF, GROSS, exactly(3)),
        (HALF, Taxation.NET, exactly(1)),
    ]


def test_a_sum_has_no_line_for_what_is_worth_nothing():
    assert totals([offer("a", lump(0), lump(9, mark=TO_CHECK))]) == ()


def test_each_amount_stands_in_its_place_beside_the_total():
    grant = Amount(AmountKind.MONTHLY, Decimal(100), until_studies_end=True)
    loan, doubtful, unsaid = Amount(AmountKind.LOAN, Decimal(9)), lump(5, mark=TO_CHECK), Amount(AmountKind.LUMP_SUM)
    one = offer("a", loan, doubtful, grant, lump(7), unsaid)
    plan = best_plan([one], [])
    assert plan.beside == ((one, loan),)
    assert plan.unconfirmed == ((one, doubtful), (one, unsaid))
    assert plan.open_ended == ((one, grant),)
    assert plan.totals == (Total(Mark.CONFIRMED, Taxation.UNKNOWN, exactly(7)),)
    known = Offer("a", "a", (grant,), study_months=6)
    assert best_plan([known], []).open_ended == ()
