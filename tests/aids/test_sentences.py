"""The rules of an aid as its editors read them."""

from decimal import Decimal

from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule, Amount, CaseRule, Condition
from aids.sentences import case_sentence, condition_phrase, rule_sentences
from aids.vocabulary import AmountKind, Mark
from guide.territories.enums import Scheme

TEN = Amount(AmountKind.LUMP_SUM, minimum=Decimal(10_000))


def condition(kind, *values, **more) -> Condition:
    return Condition(kind, values=frozenset(values), **more)


def test_a_case_reads_who_where_then_how_much_whatever_the_order_of_its_rows():
    zone = condition(Kind.ZONING, "ZIP", scheme=Scheme.DOCTORS)
    specialty = condition(Kind.SPECIALTY, "medecine-generale")
    profile = condition(Kind.PROFILE, "interne")
    sentence = case_sentence([specialty], CaseRule("zip", conditions=(zone, profile), amounts=(TEN,)))
    assert sentence == "Interne, spécialité\u00a0: médecine générale, en ZIP → 10\u202f000\u00a0€"


def test_several_values_are_alternatives_and_places_have_their_names():
    place = condition(Kind.TERRITORY, "department:36", "department:18", names=("Cher", "Indre"))
    assert condition_phrase(place) == "lieu\u00a0: Cher ou Indre"


def test_a_case_without_condition_is_for_everybody_and_one_without_amount_says_so():
    assert case_sentence([], CaseRule("tous")) == "Tout le monde → montant non renseigné"


def test_what_is_not_confirmed_says_so():
    doubtful = condition(Kind.AGE, maximum=50, mark=Mark.TO_CHECK)
    assert condition_phrase(doubtful) == f"avoir au plus 50\u00a0ans ({Mark.TO_CHECK.label})"


def test_an_aid_says_its_cases_then_its_exclusions():
    rule = AidRule(
        code="a", name="A", cases=(CaseRule("c", amounts=(TEN,)),), exclusions=(condition(Kind.PROFILE, "retraite"),)
    )
    assert rule_sentences(rule) == [
        "Tout le monde → 10\u202f000\u00a0€",
        "Sauf\u00a0: médecin retraité, cumul emploi-retraite",
    ]


def test_an_aid_without_case_is_for_nobody():
    assert rule_sentences(AidRule(code="a", name="A", cases=())) == ["Aucun cas\u00a0: personne n'obtient cette aide."]
