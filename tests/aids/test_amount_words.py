"""Amounts in one line, and marks said once."""

from decimal import Decimal

import pytest

from aids.amounts import one_line, short_amount, together
from aids.eligibility import evaluate
from aids.rules import Amount, Situation
from aids.vocabulary import AmountKind
from tests.aids.rules import DAY, HALF, TO_CHECK, aid, case, condition, lump, monthly


def yearly(euros, year, **more) -> Amount:
    return Amount(AmountKind.YEARLY, Decimal(euros), months=12, start_month=12 * (year - 1), **more)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([lump(5_000)], "5 000 €"),
        ([monthly(400, 12)], "400 € par mois"),
        ([yearly(38_000, 1), yearly(28_000, 2)], "38 000 € la première année"),
        ([lump(5_000, mark=HALF)], "5 000 € (lu chez un tiers)"),
        ([lump(5_000), lump(9_000, mark=TO_CHECK)], "de 5 000 à 9 000 € (en partie à confirmer)"),
    ],
)
def test_an_aid_in_a_list(amounts, expected):
    assert plain(short_amount([case(amounts=amounts)])) == expected


LONG = " pour un médecin qui emploie un assistant à temps plein dans une zone où l'offre de soins est insuffisante"


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([lump(10_000)], "10 000 €"),
        ([lump(10_000, label=LONG)], "10 000 €"),
        ([yearly(38_000, 1, label=LONG)], "38 000 € la première année"),
        ([yearly(38_000, 1, label=LONG), yearly(28_000, 2)], "66 000 € en 2 ans"),
    ],
)
def test_the_amount_of_a_result_is_one_line(amounts, expected):
    found = evaluate(aid(case(amounts=amounts[:1]), case(amounts=amounts)), Situation(), DAY)
    assert plain(one_line(found)).removeprefix("jusqu'à ") == expected


def test_the_mark_of_the_aid_is_not_said_again_of_each_amount():
    amounts = [lump(1_000, mark=HALF), lump(2_000, mark=TO_CHECK)]
    assert plain(together(amounts, HALF)) == "1 000 € + 2 000 € (à confirmer)"


def test_all_the_doctors_with_a_thesis_are_named_once():
    kind = condition("profil").kind.declaration
    everybody = set(kind.groups["médecin thésé"])
    assert kind.requirement(condition("profil", *everybody)) == "être médecin thésé"
    assert kind.requirement(condition("profil", "interne", *everybody)).startswith("être médecin thésé ou interne")
    assert "thésé" in kind.requirement(condition("profil", *(everybody - {"retraite"})))
    assert "médecin thésé" not in kind.requirement(condition("profil", *(everybody - {"retraite"})))
