from datetime import date

import pytest

from guide.core import french
from guide.core.french import MINUS, NARROW_NBSP, NBSP, date_beside, fold, long_date, number, partial_date, plural


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1754, 0, f"1{NARROW_NBSP}754"),
        (2573303, 0, f"2{NARROW_NBSP}573{NARROW_NBSP}303"),
        (14.25, 1, "14,2"),
        (-0.57, 2, f"{MINUS}0,57"),
        (-1200, 0, f"{MINUS}1{NARROW_NBSP}200"),
    ],
)
def test_numbers_are_written_in_french(value, decimals, text):
    assert number(value, decimals) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 commune"), (1, "1 commune"), (2, "2 communes")])
def test_the_plural_begins_at_two(count, text):
    assert plural(count, "commune") == text.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2018", "2018"),
        ("2018-06", "juin 2018"),
        ("2026-02-01", "1er février 2026"),
        ("2018-13", "2018-13"),
        ("2018-02-31", "2018-02-31"),
        ("vers 2023", "vers 2023"),
        ("", ""),
    ],
)
def test_a_date_keeps_the_precision_of_its_source(text, words):
    assert partial_date(text).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("source", "day", "words"),
    [
        ("INSEE, bassins de vie 2022", "2022", ""),
        ("Lettre du 5\u00a0février 2026", "2026-02", ""),
        ("Lettre de 2026", "2026-02", "février 2026"),
        ("IGN", "2026", "2026"),
        ("IGN", "", ""),
    ],
)
def test_a_date_that_the_source_says_is_not_said_again(source, day, words):
    assert date_beside(source, day).replace(NBSP, " ") == words


def test_the_first_of_a_month_is_written_1er():
    assert long_date(date(2026, 7, 1)) == f"1er{NBSP}juillet{NBSP}2026"


def test_names_are_folded_to_plain_words():
    assert fold("L'Île-d'Œuvre") == "l ile d oeuvre"


@pytest.mark.parametrize(
    ("name", "named", "addressed"),
    [
        ("ARS, délégation du Cher", "l'ARS, délégation du Cher", "à l'ARS, délégation du Cher"),
        ("CPAM de l'Indre", "la CPAM de l'Indre", "à la CPAM de l'Indre"),
        ("Conseil départemental du Cher", "le Conseil départemental du Cher", "au Conseil départemental du Cher"),
        ("Finances publiques", "les Finances publiques", "aux Finances publiques"),
        ("Cap Loiret Santé", "Cap Loiret Santé", "à Cap Loiret Santé"),
    ],
)
def test_a_body_has_its_article_in_a_sentence(name, named, addressed):
    assert french.named(name) == named
    assert french.addressed(name) == addressed
