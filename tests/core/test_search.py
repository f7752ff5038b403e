"""One search over a few parameters: what is read, what is said, what is written back."""

import pytest
from django.test import RequestFactory

from guide.core.query_string import OneOf, Text, WholeNumber, capitalised, read_date, unknown
from guide.core.search import Filter, Option, Parameter, Search, page_parameter
from guide.territories.models import Territory


class Fruits(Search):
    parameters = (
        Filter(
            name="couleur",
            many=True,
            value=OneOf([("r", "Rouge"), ("v", "Vert")], unknown("Couleur inconnue")),
            narrow=lambda rows, colours, search: rows.filter(name__in=colours),
        ),
        Filter(name="q", value=Text(5, "Trop long."), chip=lambda search, words: f"« {words} »"),
        Filter(
            name="pays",
            many=True,
            keeps_right=True,
            value=OneOf(lambda search: search.countries, unknown("Pays inconnu")),
        ),
        Parameter(name="poids", value=WholeNumber(1, 9, "De 1 à 9, et non {}."), implied="3"),
        page_parameter("Page inconnue"),
    )
    max_pairs = 20

    def prepare(self, request):
        self.countries = capitalised([("fr", "france"), ("es", "espagne")])


class AsGiven(Fruits):
    in_order_given = True


def read(query: str, of=Fruits) -> Fruits:
    return of.read(RequestFactory().get(f"/fruits/?{query}"))


def test_right_values_are_kept_without_empty_ones_or_repeats():
    search = read("couleur=v&couleur=r&couleur=v&q=+&utm_source=lettre")
    assert search.values == {"couleur": ["v", "r"]}
    assert search.is_valid


@pytest.mark.parametrize(
    ("query", "values", "messages"),
    [
        ("couleur=r&couleur=bleu", {}, ["Couleur inconnue\u00a0: «\u00a0bleu\u00a0»."]),
        ("pays=fr&pays=xx", {"pays": ["fr"]}, ["Pays inconnu\u00a0: «\u00a0xx\u00a0»."]),
        ("pays=xx", {}, ["Pays inconnu\u00a0: «\u00a0xx\u00a0»."]),
        ("q=pommes", {}, ["Trop long."]),
        ("poids=0", {}, ["De 1 à 9, et non 0."]),
        ("poids=%EF%BC%93", {}, ["De 1 à 9, et non ３."]),
        ("poids=1&poids=2", {}, ["Le filtre «\u00a0poids\u00a0» n'accepte qu'une valeur."]),
        ("page=0", {}, ["Page inconnue\u00a0: «\u00a00\u00a0»."]),
        ("prix=1&couleur=r", {"couleur": ["r"]}, ["Filtre inconnu\u00a0: «\u00a0prix\u00a0»."]),
        ("q=%00", {}, ["La valeur du filtre «\u00a0q\u00a0» est illisible."]),
        ("&" * 3000, {}, ["Cette adresse est trop longue pour être comprise."]),
    ],
)
def test_what_is_wrong_is_said_and_left_out(query, values, messages):
    search = read(query)
    assert (search.values, search.messages) == (values, messages)


def test_only_the_first_wrong_values_of_a_parameter_are_said():
    assert len(read("&".join(f"couleur=c{number}" for number in range(9))).messages) == 3


def test_values_come_as_declared_or_as_given():
    query = "pays=fr&couleur=zz&q=a&couleur=r&page=x"
    assert list(read("pays=fr&q=a&couleur=r").values) == ["couleur", "q", "pays"]
    assert list(read("pays=fr&q=a&couleur=r", AsGiven).values) == ["pays", "q", "couleur"]
    assert read(query).messages == read(query, AsGiven).messages


def test_one_search_has_one_address():
    queries = ["couleur=v&couleur=r&pays=fr", "pays=fr&couleur=r&couleur=v&poids=3&page=1"]
    assert {read(query, of).address() for query in queries for of in (Fruits, AsGiven)} == {
        "/fruits/?couleur=r&couleur=v&pays=fr"
    }


def test_an_address_with_changes_is_that_of_the_first_page():
    search = read("couleur=r&poids=4&page=7")
    assert search.page == 7
    assert search.address() == "/fruits/?couleur=r&poids=4"
    assert search.address(page="8") == "/fruits/?couleur=r&poids=4&page=8"
    assert search.address("/fruits.csv", poids="") == "/fruits.csv?couleur=r"
    assert search.address(without=("couleur", "r"), poids="5") == "/fruits/?poids=5"


def test_chips_are_those_of_the_filters():
    assert read("couleur=r&couleur=v&q=a&poids=4&page=2").chips == [
        ("Rouge", "/fruits/?couleur=v&q=a&poids=4"),
        ("Vert", "/fruits/?couleur=r&q=a&poids=4"),
        ("« a »", "/fruits/?couleur=r&couleur=v&poids=4"),
    ]


def test_options_say_what_is_chosen_and_how_many_there_are():
    search = read("pays=es")
    assert search.options("pays") == [Option("fr", "France", False), Option("es", "Espagne", True)]
    assert search.options("pays", {"es": 2}) == [
        Option("fr", "France", False, "0"),
        Option("es", "Espagne", True, "2"),
    ]


def test_rows_are_narrowed_by_the_filters_in_use():
    rows = Territory.objects.order_by("pk")
    narrowed = rows.filter(name__in=["r", "v"])
    assert str(read("couleur=r&couleur=v&q=a").filtered(rows).query) == str(narrowed.query)
    assert str(read("couleur=r").filtered(rows, without=["couleur"]).query) == str(rows.query)


def test_a_wrong_value_never_gives_the_whole_table():
    search = read("couleur=r&prix=1")
    assert search.filtered(Territory.objects.all()).query.is_empty()
    assert not search.narrowed(Territory.objects.all(), ["couleur"]).query.is_empty()


@pytest.mark.parametrize("text", ["2026-02-30", "20260201", "hier", "2026-2-1", "٢٠٢٦-٠٢-٠١x"])
def test_what_is_not_a_date(text):
    assert read_date(text) is None
