"""Whom to call: pure choices."""

import pytest

from guide.desk.choosing import FARTHEST, Area, Body, Question, choose, distance, first_to_call
from guide.desk.models import ContactBody
from guide.desk.vocabulary import FIRST_FOR_PROFILE, FIRST_FOR_SUBJECT, Subject
from guide.territories.places import Held, Outer

REGION, INDRE, CHER, EPCI, TOWN = 1, 2, 3, 4, 5
AREAS = {
    "indre": Area(INDRE, "department", "Indre", frozenset({REGION, INDRE})),
    "cher": Area(CHER, "department", "Cher", frozenset({REGION, CHER})),
    "epci": Area(EPCI, "epci", "CC de la Châtre", frozenset({REGION, INDRE, EPCI})),
}
OUTERS = {
    REGION: Outer(REGION, "region", "24"),
    INDRE: Outer(INDRE, "department", "36"),
    EPCI: Outer(EPCI, "epci", "243600236"),
    TOWN: Outer(TOWN, "commune", "36046"),
}


def place(name, *holders):
    """The place that is the last of its `holders`."""
    outers = tuple(OUTERS[pk] for pk in holders)
    return Held(*outers[-1], name, outers)


TOWN_OF_INDRE = place("La Châtre", REGION, INDRE, EPCI, TOWN)
DEPARTMENT = place("Indre", REGION, INDRE)
WHOLE = place("Centre-Val de Loire", REGION)


def body(code, kind="autre", *areas, subjects=(), profiles=()):
    sheet = ContactBody(
        pk=1, code=code, name=code.capitalize(), kind=kind, subjects=list(subjects), profiles=list(profiles)
    )
    return Body(sheet, tuple(AREAS[name] for name in areas))


def codes(chosen):
    return [one.sheet.code for _, one in chosen]


@pytest.mark.parametrize(
    ("areas", "place", "far"),
    [
        ((), None, FARTHEST),
        ((), TOWN_OF_INDRE, FARTHEST),
        (("indre",), None, None),
        (("indre",), TOWN_OF_INDRE, 2),
        (("cher",), TOWN_OF_INDRE, None),
        (("cher", "indre"), TOWN_OF_INDRE, 2),
        (("epci", "indre"), TOWN_OF_INDRE, 1),
        (("epci",), DEPARTMENT, 1),
        (("indre",), WHOLE, None),
    ],
)
def test_a_body_is_as_near_as_the_smallest_territory_that_it_serves(areas, place, far):
    assert distance(body("a", "autre", *areas), place) == far


def test_nearest_first_then_the_kind_that_the_subject_calls_for_then_the_most_specialised():
    found = [
        body("siege", "ars", subjects=["aides"]),
        body("ordre", "ordre", "indre", subjects=["aides", "installation"]),
        body("general", "cpam", "indre", subjects=["aides", "installation", "stage"]),
        body("cpam", "cpam", "indre", subjects=["aides"]),
        body("voisin", "cpam", "cher", subjects=["aides"]),
        body("ailleurs", "cpam", "indre", subjects=["stage"]),
    ]
    question = Question(DEPARTMENT, subject="aides")
    assert codes(choose(found, question)) == ["cpam", "general", "ordre", "siege"]
    assert codes(choose(reversed(found), question)) == ["cpam", "general", "ordre", "siege"]


def test_a_body_that_names_no_profile_or_subject_serves_them_all():
    found = [body("tous"), body("internes", profiles=["interne"]), body("retraites", profiles=["retraite"])]
    assert codes(choose(found, Question(profile="interne", subject="stage"))) == ["internes", "tous"]


def test_the_first_to_call_is_of_the_first_kind_even_when_another_is_nearer():
    found = [body("faculte", "faculte"), body("hopital", "ght", "indre")]
    question = Question(DEPARTMENT, subject="stage")
    assert codes(choose(found, question)) == ["hopital", "faculte"]
    assert first_to_call(choose(found, question), question).sheet.code == "faculte"


def test_the_subject_decides_before_the_profile():
    found = [body("faculte", "faculte"), body("cpam", "cpam")]
    by_profile, by_both = Question(profile="interne"), Question(profile="interne", subject="aides")
    assert first_to_call(choose(found, by_profile), by_profile).sheet.code == "faculte"
    assert first_to_call(choose(found, by_both), by_both).sheet.code == "cpam"


def test_without_a_preferred_kind_the_first_of_the_list_is_named_and_of_nothing_nobody():
    question = Question(subject="aides")
    assert first_to_call(choose([body("b"), body("a")], question), question).sheet.code == "a"
    assert first_to_call([], question) is None


def test_every_subject_has_its_rule():
    assert set(FIRST_FOR_SUBJECT) == set(Subject)
    assert all(FIRST_FOR_PROFILE.values())
