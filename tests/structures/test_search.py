import pytest
from django.test import RequestFactory

from guide.core.french import NBSP
from guide.territories.models import PostalCode
from structures.enums import IMPORTANCE, Kind
from structures.search import StructureSearch
from tests.factories import StructureFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def search(query: str):
    return StructureSearch.read(RequestFactory().get(f"/structures/?{query}"))


def names(found) -> list[str]:
    return [structure.name for structure in found.queryset()]


def test_no_filter_finds_every_live_structure_by_kind_then_place(la_chatre):
    aigurande = TerritoryFactory(code="36001", name="Aigurande")
    StructureFactory(name="A laboratoire", kind="laboratoire", commune=la_chatre)
    StructureFactory(name="A dialyse", kind="dialyse", commune=la_chatre)
    StructureFactory(name="A hôpital", kind="hopital", commune=la_chatre)
    StructureFactory(name="A CPTS", kind="cpts", commune=la_chatre)
    StructureFactory(name="A centre", kind="centre-de-sante", commune=la_chatre)
    StructureFactory(name="B MSP", commune=la_chatre)
    StructureFactory(name="A MSP", commune=la_chatre)
    StructureFactory(name="C MSP", commune=aigurande)
    StructureFactory(name="Brouillon", commune=la_chatre, status="draft")
    by_kind = ["C MSP", "A MSP", "B MSP", "A centre", "A CPTS", "A hôpital", "A dialyse", "A laboratoire"]
    assert names(search("")) == by_kind
    assert names(search("tri=nom"))[0] == "A centre"


def test_every_kind_has_its_rank():
    assert sorted(IMPORTANCE) == sorted(Kind)


def test_a_filter_says_how_many_sheets_do_not_answer_and_hides_when_none_does(la_chatre):
    StructureFactory(name="A", commune=la_chatre, recruiting=True)
    StructureFactory(name="B", commune=la_chatre)
    found = search("")
    assert found.can_answer("recrute")
    assert found.unknown_of("recrute") == f"inconnu pour 1{NBSP}structure"
    assert not found.can_answer("stage")
    assert search("stage=1").can_answer("stage")  # chosen already: it can be taken back


@pytest.mark.parametrize(
    ("query", "description"),
    [
        ("", "Structures de soins"),
        ("type=msp&departement=36", "MSP dans l'Indre"),
        ("type=msp&type=centre-de-sante", "MSP et centres de santé"),
        ("commune=36046", "Structures de soins, à 20 km au plus de La Châtre"),
        ("lieu=chatre&rayon=5", "Structures de soins, à 5 km au plus de La Châtre"),
        ("q=soleil&recrute=1&stage=1", "Structures de soins, recrutant des médecins, accueillant des internes, "),
        ("territoire=la-chatre-36046", "Structures de soins à La Châtre"),
    ],
)
def test_search_says_itself_in_words(la_chatre, query, description):
    found = search(query)
    assert found.messages == []
    assert found.description.startswith(description)


def test_kind_and_department(la_chatre):
    StructureFactory(name="MSP ici", commune=la_chatre)
    StructureFactory(name="CPTS ici", kind="cpts", commune=la_chatre)
    StructureFactory(name="MSP ailleurs")
    assert names(search("type=msp&departement=36")) == ["MSP ici"]


def test_territory_is_read_by_the_closure(la_chatre):
    basin = TerritoryFactory(kind="living_area", code="36046", name="Bassin", slug="bassin-36046")
    inside = TerritoryFactory(inside=[basin])
    StructureFactory(name="Dedans", commune=inside)
    StructureFactory(name="Dehors", commune=la_chatre)
    assert names(search("territoire=bassin-36046")) == ["Dedans"]


def test_radius_sorts_by_distance(la_chatre):
    StructureFactory(name="Loin", latitude=46.70, commune=la_chatre)
    StructureFactory(name="Près", latitude=46.60, commune=la_chatre)
    StructureFactory(name="Trop loin", latitude=47.00, commune=la_chatre)
    assert names(search("commune=36046")) == ["Près", "Loin"]
    assert names(search("commune=36046&rayon=50")) == ["Près", "Loin", "Trop loin"]
    assert names(search("commune=36046&rayon=50&tri=nom")) == ["Loin", "Près", "Trop loin"]


def test_mode_is_declared_or_usual(la_chatre):
    StructureFactory(name="Usuelle", commune=la_chatre)
    declared = StructureFactory(name="Déclarée", kind="laboratoire", commune=la_chatre)
    declared.modes.create(mode="liberal")
    other = StructureFactory(name="Autre MSP", commune=la_chatre)
    other.modes.create(mode="salarie")
    assert names(search("mode=liberal")) == ["Usuelle", "Déclarée"]


def test_chips_lead_to_the_search_without_them(la_chatre):
    found = search("type=msp&departement=36&commune=36046&rayon=30&tri=distance&page=2")
    assert found.chips == [
        ("MSP", "/structures/?departement=36&commune=36046&rayon=30"),
        ("Indre (36)", "/structures/?type=msp&commune=36046&rayon=30"),
        ("À 30 km de La Châtre", "/structures/?type=msp&departement=36"),
    ]


def test_one_search_has_one_address(la_chatre):
    queries = ["type=msp&type=cpts&q=", "type=cpts&type=msp&type=msp", "q=+&rayon=20&type=cpts&type=msp&utm_source=a"]
    assert {search(query).address() for query in queries} == {"/structures/?type=cpts&type=msp"}


def test_postal_code_of_several_communes_offers_a_choice(la_chatre, indre):
    briantes = TerritoryFactory(code="36025", name="Briantes", parent=indre)
    for commune in (la_chatre, briantes):
        PostalCode.objects.create(code="36400", commune=commune)
    StructureFactory(commune=la_chatre)
    found = search("lieu=36400&type=msp")
    assert not found.is_valid
    assert found.candidates == [
        ("Briantes (Indre)", "/structures/?type=msp&commune=36025"),
        ("La Châtre (Indre)", "/structures/?type=msp&commune=36046"),
    ]
    assert names(found) == []


def test_exact_name_hides_longer_names(la_chatre):
    TerritoryFactory(code="36047", name="La Châtre-Langlin")
    assert search("lieu=la chatre").centre.code == "36046"
    assert search("lieu=La Châtre-Langlin (36047)").centre.code == "36047"


def test_reading_asks_a_fixed_number_of_queries(la_chatre, django_assert_num_queries):
    """The version, what was typed, what it names: departments and specialities are kept for a content version."""
    search("")
    with django_assert_num_queries(3):
        search("lieu=la chatre&departement=36&territoire=la-chatre-36046&type=msp&q=a&bbox=1,46,2,47&mode=liberal")
