from datetime import date
from decimal import Decimal

import pytest

from aids.amounts import Range
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State
from aids.reasons import Located, distance_km, near_misses, single_changes
from aids.rules import Amount
from aids.vocabulary import AmountKind
from tests.aids.rules import DAY, TO_CHECK, aid, case, condition, lump, place, situation, zoned

RULE = aid(
    case(zoned("ZIP"), amounts=[lump(10_000)], code="zip"),
    case(zoned("ZAC"), amounts=[lump(5_000)], code="zac"),
    common=[condition("profil", "primo-installe")],
)
PERSON = situation(profiles="primo-installe")


def at(level, km, code):
    """A commune `km` north of 46.8° N."""
    return Located(place(level, code=code, name=code), 46.8 + km / 111.195, 1.7)


TOWNS = [at("ZIP", 30, "loin"), at("ZIP", 6, "pres"), at("ZAC", 3, "zac"), at(None, 1, "dehors")]


def test_refused_because_of_the_place_the_nearest_communes_are_named():
    found = near_misses(RULE, PERSON, at(None, 0, "ici"), TOWNS, DAY)
    assert [(miss.place.code, round(miss.distance_km), miss.gain.low) for miss in found] == [
        ("zac", 3, 5_000), ("pres", 6, 10_000), ("loin", 30, 10_000),
    ]  # fmt: skip


def test_granted_here_but_more_is_granted_there():
    found = near_misses(RULE, PERSON, at("ZAC", 0, "ici"), TOWNS, DAY, limit=1)
    assert [(miss.place.code, miss.gain.low) for miss in found] == [("pres", 5_000)]


def test_nothing_is_gained_over_an_unknown_or_for_another_person():
    assert near_misses(RULE, PERSON, Located(place(code="x"), 46.8, 1.7), TOWNS, DAY) == []
    assert near_misses(RULE, situation(profiles="retraite"), at("ZAC", 0, "ici"), TOWNS, DAY) == []


@pytest.mark.parametrize(
    ("rule", "answers", "kinds"),
    [
        (condition("secteur", "secteur-1"), {"sector": "secteur-2"}, [ConditionKind.SECTOR]),
        (condition("premiere-installation", expected=True), {"first_installation": False}, ["premiere-installation"]),
        (condition("demi-journees", minimum=5), {"half_days": 2}, ["demi-journees"]),
        (condition("anciennete", maximum=11), {"installed_on": DAY.replace(year=2020)}, ["anciennete"]),
        (condition("date-installation", after=DAY), {"installed_on": DAY.replace(year=2020)}, ["date-installation"]),
        (condition("a-verifier", code="x"), {"checked": {"x": False}}, ["a-verifier"]),
    ],
)
def test_the_single_answer_that_would_lift_a_refusal(rule, answers, kinds):
    changes = single_changes(aid(common=[rule]), situation(**answers), DAY)
    assert [change.condition.kind for change in changes] == kinds


def test_two_unmet_conditions_have_no_single_answer():
    rule = aid(common=[condition("secteur", "secteur-1"), condition("age", minimum=60)])
    assert single_changes(rule, situation(sector="secteur-2", age=30), DAY) == []


def test_an_exclusion_is_lifted_by_the_opposite_answer():
    rule = aid(exclusions=[condition("meme-categorie", expected=True)])
    assert len(single_changes(rule, situation(same_category=True), DAY)) == 1


def test_three_communes_by_default_the_codes_deciding_between_equals():
    towns = [at("ZIP", 5, code) for code in ("d", "b", "c", "a")]
    assert [miss.place.code for miss in near_misses(RULE, PERSON, at(None, 0, "ici"), towns, DAY)] == ["a", "b", "c"]


def test_the_commune_itself_is_never_named_whatever_comes_after_it():
    here = at("ZAC", 0, "ici")
    towns = [at("ZIP", 0, "ici"), at("ZIP", 9, "la")]
    assert [miss.place.code for miss in near_misses(RULE, PERSON, here, towns, DAY)] == ["la"]


def test_a_commune_where_nothing_is_sure_is_passed_over_for_the_next_one():
    unknown = Located(place(code="inconnu"), 46.81, 1.7)
    found = near_misses(RULE, PERSON, at(None, 0, "ici"), [unknown, at("ZIP", 9, "la")], DAY)
    assert [(miss.place.code, miss.verdict.state) for miss in found] == [("la", State.ELIGIBLE)]


def test_as_much_elsewhere_is_no_gain_and_one_euro_more_is():
    rule = aid(
        case(zoned("ZIP"), amounts=[lump(10)]),
        case(zoned("ZAC"), amounts=[lump(10)], code="zac"),
        case(zoned("ZV"), amounts=[lump(11)], code="zv"),
    )
    towns = [at("ZAC", 1, "autant"), at("ZV", 2, "mieux")]
    found = near_misses(rule, PERSON, at("ZIP", 0, "ici"), towns, DAY)
    assert [(miss.place.code, miss.gain) for miss in found] == [("mieux", Range(Decimal(1), Decimal(1)))]


def test_a_gain_has_two_bounds():
    wide = Amount(AmountKind.LUMP_SUM, Decimal(50), Decimal(80))
    low = Amount(AmountKind.LUMP_SUM, Decimal(20), Decimal(30))
    rule = aid(case(zoned("ZIP"), amounts=[wide]), case(zoned("ZAC"), amounts=[low], code="zac"))
    (found,) = near_misses(rule, PERSON, at("ZAC", 0, "ici"), [at("ZIP", 1, "la")], DAY)
    assert found.gain == Range(Decimal(30), Decimal(50))


def test_help_without_a_figure_is_a_gain_where_it_was_refused():
    (found,) = near_misses(aid(case(zoned("ZIP"))), PERSON, at(None, 0, "ici"), [at("ZIP", 1, "la")], DAY)
    assert found.gain == Range(Decimal(0), Decimal(0))


def test_of_several_cases_the_one_that_pays_most_is_compared():
    rule = aid(
        case(zoned("ZIP"), amounts=[lump(1)], code="peu"),
        case(zoned("ZIP"), amounts=[lump(9)], code="mieux"),
        case(zoned("ZAC"), amounts=[lump(4)], code="zac"),
    )
    (found,) = near_misses(rule, PERSON, at("ZAC", 0, "ici"), [at("ZIP", 1, "la")], DAY)
    assert found.gain.low == 5


def test_the_distance_counts_longitudes_too():
    here, there = Located(place(code="a"), 46.8, 1.7), Located(place(code="b"), 47.0, 2.0)
    assert round(distance_km(here, there), 1) == round(distance_km(there, here), 1) == 31.8


def test_the_day_of_the_project_decides_what_is_granted_elsewhere():
    rule = aid(case(zoned("ZIP")), closes_on=DAY)
    towns = [at("ZIP", 1, "la")]
    assert len(near_misses(rule, PERSON, at(None, 0, "ici"), towns, DAY)) == 1
    assert near_misses(rule, PERSON, at(None, 0, "ici"), towns, DAY.replace(day=2)) == []


def changed(rule, name, *, excluded=False, **answers):
    """The answer that each change proposes, with the state that follows."""
    whole = aid(exclusions=[rule]) if excluded else aid(common=[rule])
    return [(getattr(c.situation, name), c.state) for c in single_changes(whole, situation(**answers), DAY)]


@pytest.mark.parametrize(
    ("rule", "name", "answers", "expected"),
    [
        (condition("profil", "interne", "externe"), "profiles", {"profiles": "retraite"}, frozenset({"externe"})),
        (condition("mode", "msp"), "modes", {"modes": "remplacement"}, frozenset({"msp"})),
        (condition("structure", "msp"), "structures", {"structures": "cpts"}, frozenset({"msp"})),
        (condition("specialite", "psychiatrie"), "specialty", {"specialty": "medecine-generale"}, "psychiatrie"),
        (condition("secteur", "secteur-2", "secteur-1"), "sector", {"sector": "non-conventionne"}, "secteur-1"),
        (condition("regime-fiscal", "reel"), "tax_regime", {"tax_regime": "micro"}, "reel"),
        (condition("premiere-installation", expected=True), "first_installation", {"first_installation": False}, True),
        (
            condition("premiere-installation", expected=False),
            "first_installation",
            {"first_installation": True},
            False,
        ),
        (condition("exercice-coordonne", expected=True), "coordinated", {"coordinated": False}, True),
        (condition("permanence-des-soins", expected=True), "duty", {"duty": False}, True),
        (condition("meme-categorie", expected=False), "same_category", {"same_category": True}, False),
        (condition("demi-journees", minimum=5), "half_days", {"half_days": 2}, 5),
        (condition("demi-journees", minimum=5, maximum=8), "half_days", {"half_days": 9}, 5),
        (condition("effectif", maximum=10), "employees", {"employees": 11}, 10),
        (condition("age", minimum=0), "age", {"age": -1}, 0),
        (condition("anciennete", maximum=11), "installed_on", {"installed_on": date(2020, 1, 1)}, date(2025, 7, 1)),
        (condition("anciennete", minimum=6), "installed_on", {"installed_on": DAY}, date(2025, 12, 1)),
        (condition("date-installation", after=DAY), "installed_on", {"installed_on": date(2020, 1, 1)}, DAY),
        (condition("date-installation", before=DAY), "installed_on", {"installed_on": date(2030, 1, 1)}, DAY),
    ],
)
def test_the_answer_that_lifts_a_refusal(rule, name, answers, expected):
    assert changed(rule, name, **answers) == [(expected, State.ELIGIBLE)]


@pytest.mark.parametrize(
    ("rule", "name", "answers", "expected"),
    [
        (condition("meme-categorie", expected=True), "same_category", {"same_category": True}, False),
        (condition("exercice-coordonne", expected=False), "coordinated", {"coordinated": False}, True),
        (condition("age", minimum=60), "age", {"age": 61}, 59),
        (condition("age", maximum=40), "age", {"age": 30}, 41),
        (condition("age", minimum=30, maximum=40), "age", {"age": 35}, 29),
        (condition("effectif", minimum=0, maximum=3), "employees", {"employees": 2}, 4),
        (condition("effectif", minimum=1), "employees", {"employees": 2}, 0),
        (condition("date-installation", after=DAY), "installed_on", {"installed_on": DAY}, date(2026, 5, 31)),
        (condition("date-installation", before=DAY), "installed_on", {"installed_on": DAY}, date(2026, 6, 2)),
        (condition("anciennete", maximum=11), "installed_on", {"installed_on": DAY}, date(2025, 6, 1)),
    ],
)
def test_the_answer_that_lifts_an_exclusion(rule, name, answers, expected):
    assert changed(rule, name, excluded=True, **answers) == [(expected, State.ELIGIBLE)]


def test_an_exclusion_by_profile_asks_nobody_to_become_another():
    assert changed(condition("profil", "interne"), "profiles", excluded=True, profiles="interne") == []
    assert changed(condition("effectif", minimum=0), "employees", excluded=True, employees=2) == []


def test_a_point_that_a_person_checks_keeps_the_other_points():
    found = changed(condition("a-verifier", code="x"), "checked", checked={"x": False, "y": True})
    assert found == [({"x": True, "y": True}, State.ELIGIBLE)]
    found = changed(condition("a-verifier", code="x"), "checked", excluded=True, checked={"x": True, "y": True})
    assert found == [({"x": False, "y": True}, State.ELIGIBLE)]


def test_the_place_is_never_the_answer_to_change():
    here = place("ZAC", inside=["department:36"])
    for rule in (zoned("ZIP"), condition("territoire", "department:37")):
        assert single_changes(aid(common=[rule]), situation(place=here), DAY) == []
    for rule in (zoned("ZAC"), condition("territoire", "department:36")):
        assert single_changes(aid(exclusions=[rule]), situation(place=here), DAY) == []


def test_what_is_granted_or_to_be_checked_has_nothing_to_lift():
    for answers in ({"age": 70}, {}):
        assert single_changes(aid(common=[condition("age", minimum=60)]), situation(**answers), DAY) == []


def test_changes_that_grant_come_before_those_that_leave_it_to_be_checked():
    rule = aid(
        case(condition("age", minimum=60), condition("effectif", maximum=10), code="a-verifier"),
        case(condition("regime-fiscal", "reel"), code="sur"),
        case(condition("secteur", "secteur-1"), code="aussi"),
    )
    person = situation(age=30, tax_regime="micro", sector="secteur-2")
    found = [(change.condition.kind, change.state) for change in single_changes(rule, person, DAY)]
    assert found == [
        (ConditionKind.SECTOR, State.ELIGIBLE),
        (ConditionKind.TAX_REGIME, State.ELIGIBLE),
        (ConditionKind.AGE, State.TO_CHECK),
    ]


@pytest.mark.parametrize(
    ("excluding", "expected"),
    [
        (condition("demi-journees", maximum=2), (8, State.ELIGIBLE)),
        (condition("demi-journees", minimum=8), (2, State.ELIGIBLE)),
        (condition("demi-journees", maximum=2, mark=TO_CHECK), (2, State.TO_CHECK)),
    ],
)
def test_of_two_answers_to_one_condition_the_better_one_is_kept_else_the_first(excluding, expected):
    both = condition("demi-journees", minimum=2, maximum=8)
    changes = single_changes(aid(common=[both], exclusions=[excluding]), situation(half_days=1), DAY)
    assert [(c.situation.half_days, c.state) for c in changes if c.condition == both] == [expected]


def test_months_before_fall_on_a_day_that_every_month_has():
    rule = aid(common=[condition("anciennete", minimum=1)])
    for day, expected in ((date(2026, 3, 31), date(2026, 2, 28)), (date(2026, 1, 15), date(2025, 12, 15))):
        (found,) = single_changes(rule, situation(installed_on=day), day)
        assert found.situation.installed_on == expected


def test_an_exclusion_that_does_not_exclude_is_not_named_as_the_answer_to_change():
    refusing = condition("age", minimum=60)
    rule = aid(common=[refusing], exclusions=[condition("age", minimum=40, maximum=59)])
    assert [change.condition for change in single_changes(rule, situation(age=30), DAY)] == [refusing]


def test_a_condition_that_is_met_is_not_named_as_the_answer_to_change():
    refusing = condition("age", minimum=60)
    rule = aid(common=[condition("age", maximum=65), refusing])
    assert [change.condition for change in single_changes(rule, situation(age=30), DAY)] == [refusing]
