import pytest

from aids.near_miss import Located, near_misses, single_changes
from aids.vocabulary import ConditionKind
from tests.aids.rules import DAY, aid, case, condition, lump, place, situation, zoned

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
