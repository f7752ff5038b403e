"""What a condition asks and what a person said of it, in French, for each family of conditions."""

from datetime import date

import pytest

from aids.rules import PracticePlace, ZoningState
from tests.aids.rules import condition, place, situation, zoned


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (condition("secteur", "secteur-2", "secteur-1"), "être conventionné en secteur 1 ou secteur 2 sans OPTAM"),
        (condition("territoire", "department:18", names=("Cher",)), "exercer dans : Cher"),
        (condition("premiere-installation", expected=True), "vous installer pour la première fois en libéral"),
        (condition("premiere-installation", expected=False), "avoir déjà exercé en libéral"),
        (condition("effectif", maximum=10), "employer au plus 10 salariés"),
        (condition("effectif", minimum=2), "employer au moins 2 salariés"),
        (condition("effectif", minimum=2, maximum=5), "employer de 2 à 5 salariés"),
        (condition("effectif", minimum=2, maximum=2), "employer 2 salariés"),
        (condition("anciennete", minimum=6), "être installé depuis au moins 6 mois"),
        (condition("date-installation", after=date(2026, 1, 2)), "vous installer à partir du 2 janvier 2026"),
        (condition("date-installation", before=date(2026, 3, 4)), "vous installer au plus tard le 4 mars 2026"),
        (
            condition("date-installation", after=date(2026, 1, 2), before=date(2026, 3, 4)),
            "vous installer entre le 2 janvier 2026 et le 4 mars 2026",
        ),
        (condition("a-verifier", code="siege", text="avoir son siège ici"), "avoir son siège ici"),
    ],
)
def test_what_a_condition_asks(rule, asked):
    assert plain(rule.kind.declaration.requirement(rule)) == asked


@pytest.mark.parametrize(
    ("rule", "answers", "said"),
    [
        (condition("secteur", "secteur-1"), {"sector": "secteur-2"}, "secteur 2 sans OPTAM"),
        (condition("secteur", "secteur-1"), {}, ""),
        (condition("mode", "msp"), {"modes": frozenset({"salarie", "liberal"})}, "libéral, salarié"),
        (condition("structure", "msp"), {"structures": frozenset({"zzz"})}, "zzz"),
        (condition("premiere-installation", expected=True), {"first_installation": True}, "oui"),
        (condition("premiere-installation", expected=True), {"first_installation": False}, "non"),
        (condition("effectif", maximum=10), {"employees": 0}, "0 salariés"),
        (condition("anciennete", minimum=6), {"installed_on": date(2026, 3, 4)}, "installation le 4 mars 2026"),
        (condition("date-installation"), {"installed_on": date(2026, 3, 4)}, "installation le 4 mars 2026"),
        (condition("a-verifier", code="siege"), {"checked": {"siege": False}}, ""),
        (condition("territoire", "department:36"), {"place": place()}, "Ma Commune"),
        (condition("territoire", "department:36"), {}, ""),
    ],
)
def test_what_a_person_said_of_it(rule, answers, said):
    assert plain(rule.kind.declaration.said(rule, situation(**answers))) == said


@pytest.mark.parametrize(
    ("zoning", "said"),
    [
        (ZoningState(frozenset({"ZIP"})), "Ma Commune : ZIP"),
        (ZoningState(frozenset({"ZIP", "ZAC"})), "Ma Commune : ZAC, ZIP"),
        (
            ZoningState(frozenset({"ZIP"}), frozenset({"ZV", "ZAC"})),
            "Ma Commune : ZIP, ZAC sur une partie seulement, ZV sur une partie seulement",
        ),
        (
            ZoningState(partial=frozenset({"ZAC"}), complete=False),
            "Ma Commune : ZAC sur une partie seulement, le reste n'est pas renseigné",
        ),
        (ZoningState(), "Ma Commune : non classée"),
        (ZoningState(frozenset({"HZ"})), "Ma Commune : hors zonage"),
        (None, "Ma Commune : zonage médecin (ZIP, ZAC) non renseigné"),
    ],
)
def test_what_a_zoning_says_of_a_place(zoning, said):
    rule = zoned("ZIP")
    where = PracticePlace("36001", "Ma Commune", zonings={rule.scheme: zoning} if zoning is not None else {})
    assert plain(rule.kind.declaration.said(rule, situation(place=where))) == said
    assert rule.kind.declaration.said(rule, situation()) == ""


def test_a_yes_and_a_no_have_their_chips():
    declared = condition("premiere-installation").kind.declaration
    assert declared.chip(True) == "première installation en libéral"
    assert declared.chip(False) == "pas une première installation"


def test_a_level_has_its_code_before_a_name_that_does_not_say_it():
    declared = zoned("ZIP").kind.declaration
    assert declared.option("ZIP") == "zone d'intervention prioritaire (ZIP)"
    assert declared.option("ZV") == "ZV (zone de vigilance)"


@pytest.mark.parametrize(
    ("code", "accepted"),
    [("department:36", True), ("commune:2A004", True), ("planet:3", False), ("department:", False), ("x" * 9, False),
     ("department:36 ", False), ("department:" + "1" * 21, False)],
)  # fmt: skip
def test_a_territory_is_a_kind_and_a_code(code, accepted):
    assert condition("territoire").kind.declaration.accepts(code) == accepted


def test_an_answer_of_a_query_string_becomes_the_answer_of_a_situation():
    read = {
        "mode": (["msp", "liberal"], frozenset({"msp", "liberal"})),
        "secteur": (["secteur-1"], "secteur-1"),
        "premiere-installation": (["oui"], True),
        "exercice-coordonne": (["non"], False),
        "effectif": (["12"], 12),
        "date-installation": (["2026-03-04"], date(2026, 3, 4)),
    }
    assert {kind: condition(kind).kind.declaration.parse(given) for kind, (given, _) in read.items()} == {
        kind: expected for kind, (_, expected) in read.items()
    }


def test_an_answer_of_a_golden_case_becomes_the_answer_of_a_situation():
    assert condition("profil").kind.declaration.load(["interne"]) == frozenset({"interne"})
    assert condition("specialite").kind.declaration.load("psychiatrie") == "psychiatrie"
    assert condition("age").kind.declaration.load(40) == 40
