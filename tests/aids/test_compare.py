import pytest

from guide.core import content_version
from guide.core.models import SlugRedirect
from guide.territories.enums import TerritoryKind
from structures.enums import Kind
from tests.aids.pages import text_of
from tests.factories import (
    AmenityFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    StructureFactory,
    TerritoryFactory,
    TerritoryRemarkFactory,
    TravelTimeFactory,
)
from tests.markup import parsed
from tests.new_process import MOST_QUERIES, count_queries, first_queries

pytestmark = pytest.mark.django_db
PATH = "/territoires/comparer/"
PERSON = {"profil": "jeune-diplome", "specialite": "medecine-generale", "mode": "liberal-individuel"}


def slugs(region, *codes):
    return [region[code].slug for code in codes]


def body(client, *asked, **others):
    response = client.get(PATH, {"t": list(asked), **others})
    assert response.status_code == 200
    return parsed(response)


def test_places_of_any_kinds_stand_side_by_side(client, region):
    basin = TerritoryFactory(
        kind=TerritoryKind.LIVING_AREA, code="36901", name="Bassin d'En-Zip", inside=[region["24"], region["36"]]
    )
    region["36901"].outer_links.create(outer=basin)
    rate = IndicatorFactory(label="Taux de pauvreté", family="economy", better="lower")
    for pk, value in ((region["36901"], 10), (region["36"], 20)):
        IndicatorValueFactory(indicator=rate, territory=pk, value=value, source="Filosofi")
    StructureFactory(commune=region["36901"], kind=Kind.MSP)
    AmenityFactory(commune=region["36901"], name="Gare d'En-Zip")
    TravelTimeFactory(commune=region["36901"], minutes=80)
    TerritoryRemarkFactory(territory=region["36"], text="Peu de trains.")
    html = body(client, region["36901"].slug, basin.slug, region["36"].slug)
    assert len(html.all('th[scope="col"]')) == 3
    assert "le plus favorable" not in html  # the commune and the basin, by its pole, share one figure
    assert html.text.count("le moins favorable") == 1
    assert "En-Zip, commune pôle" in html
    for words in ("Filosofi", "Gare d'En-Zip", "80\u00a0minutes", "Peu de trains.", "ZIP", "Non renseigné"):
        assert words in html
    assert "identique" in html


def test_no_place_is_better_by_a_list_known_to_be_incomplete(client, region):
    for code in ("distance_msp", "distance_hopital"):
        distance = IndicatorFactory(code=code, label=code, family="care", better="lower", unit="km")
        for place, value in (("36901", 2), ("36902", 30)):
            IndicatorValueFactory(indicator=distance, territory=region[place], value=value, source="Calcul")
    html = body(client, *slugs(region, "36901", "36902"))
    msp, hospital = (
        next(" ".join(row) for row in html.rows() if row[0].startswith(code))
        for code in ("distance_msp", "distance_hopital")
    )
    assert "favorable" not in msp
    assert "le plus favorable" in hospital


def test_rows_that_cannot_differ_are_left_out_and_distances_are_told(client, region):
    html = body(client, *slugs(region, "36901", "36902"))
    rows = html.texts('th[scope="row"]')
    assert not {"Type", "Communes"} & set(rows)
    assert "Distance de Paris" in rows


def test_a_small_difference_is_shown_and_not_marked(client, region):
    rate = IndicatorFactory(label="Taux de pauvreté", family="economy", better="lower", note="Ménages de la commune.")
    for code, value in (("36901", 20), ("36902", 19), ("36903", 10)):
        IndicatorValueFactory(indicator=rate, territory=region[code], value=value)
    near, apart = body(client, *slugs(region, "36901", "36902")), body(client, *slugs(region, "36901", "36903"))
    assert "le plus favorable" not in near.texts("td .badge")
    assert "le plus favorable" in apart.texts("td .badge")
    assert "Ménages de la commune." in near


def test_what_figures_say_names_its_rule_and_its_source(client, region):
    growth = IndicatorFactory(code="evolution_annuelle_population", label="Population", family="population")
    IndicatorValueFactory(indicator=growth, territory=region["36901"], value=-0.9, source="Recensement")
    told = text_of(client.get(PATH, {"t": slugs(region, "36901", "36902")})).replace("\u00a0", " ")
    assert "(Règle : moins de −0,5 % par an. Source 1.)" in told


def test_kinds_that_no_compared_place_can_have_make_no_row(client, region):
    assert "sans objet" not in body(client, *slugs(region, "36", "45"))
    assert "sans objet" in body(client, *slugs(region, "36", "36901"))


def test_the_aids_of_a_person_are_recomputed_for_each_place(client, region):
    asked = slugs(region, "36901", "36902", "36")
    assert "Aides sûres" not in body(client, *asked)
    response = client.get(PATH, {"t": asked, **PERSON, "mode": "liberal-individuel"})
    text = text_of(response).replace("\u00a0", " ")
    assert "Aides pour ce profil" in text
    assert "selon la commune" in text
    person = "/aides/simulateur/?profil=jeune-diplome&specialite=medecine-generale"
    assert parsed(response).all(f'a[href^="{person}"]')


def test_a_place_is_taken_off_and_added_by_links_and_forms(client, region):
    region["36901"].neighbours.add(region["36903"])
    first, second, third = slugs(region, "36901", "36902", "36903")
    html = body(client, first, second, profil="jeune-diplome")
    assert f"{PATH}?t={second}&profil=jeune-diplome" in html.links()
    assert f"{PATH}?t={first}&t={second}&t={third}&profil=jeune-diplome" in html.links()
    assert ("t", first) in html.sent()


def test_typed_places_lead_to_the_address_that_can_be_shared(client, region):
    first, second = slugs(region, "36901", "36902")
    response = client.get(PATH, {"lieu": ["en-zip", "En Zac"], "profil": "jeune-diplome"})
    assert (response.status_code, response.url) == (302, f"{PATH}?t={first}&t={second}&profil=jeune-diplome")


def test_a_typed_place_that_may_be_several_is_a_choice(client, region):
    other = TerritoryFactory(code="45999", name="En-Zip", inside=[region["24"]])
    html = parsed(client.get(PATH, {"t": region["36902"].slug, "lieu": "En-Zip"}))
    assert "Quel lieu pour" in html.text
    assert f"{PATH}?t={region['36902'].slug}&t={other.slug}" in html.links()
    assert "Aucun lieu de la région" in client.get(PATH, {"lieu": "zzz<b>"}).content.decode()


def test_a_slug_of_the_past_redirects_for_ever(client, region):
    SlugRedirect.objects.create(kind="territory", old_slug="vieux", new_slug=region["36901"].slug)
    response = client.get(PATH, {"t": ["vieux", region["36902"].slug]})
    assert (response.status_code, response.url) == (
        301,
        f"{PATH}?t={region['36901'].slug}&t={region['36902'].slug}",
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Choisissez un premier lieu"),
        ("?t=en-zip-36901", "Un seul lieu"),
        ("?t=en-zip-36901&t=en-zip-36901", "Un seul lieu"),
        ("?t=nulle-part&t=en-zip-36901", "Lieu inconnu"),
        ("?t=%00&t=en-zip-36901", "illisible"),
        ("?t=en-zip-36901&profil=pirate", "pirate"),
        ("?t=en-zip-36901&inconnu=1", "inconnu"),
        (f"?t={'x' * 10_000}", "trop longue"),
        ("?" + "&".join(f"t=a{n}" for n in range(100)), "trop longue"),
    ],
)
@pytest.mark.usefixtures("region")
def test_a_wrong_address_gives_the_page_with_a_message(client, query, words):
    response = client.get(PATH + query)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_a_fifth_place_is_left_out_and_said_to_be(client, region):
    html = body(client, *slugs(region, "36901", "36902", "36903", "36", "45"))
    assert "Quatre lieux au plus" in html
    assert len(html.all('th[scope="col"]')) == 4
    assert "Ajouter un lieu" not in html


def address_of(region, *codes):
    return PATH + "?" + "&".join(f"t={slug}" for slug in slugs(region, *codes)) + "&profil=jeune-diplome"


@pytest.mark.parametrize("codes", [("36901", "36902"), ("24", "36", "45", "18")])
def test_a_new_process_asks_a_bounded_number_of_queries(client, region, codes):
    TerritoryFactory(name="Voisine", code="36950", inside=[region["24"], region["36"]])
    assert len(first_queries(client, address_of(region, *codes))) <= MOST_QUERIES


def test_a_comparison_seen_before_asks_two_queries_until_something_changes(client, region):
    address = address_of(region, "36901", "36")
    client.get(address)
    assert count_queries(lambda: client.get(address)) == 2
    TerritoryRemarkFactory(territory=region["36901"], text="Une gare à deux pas.")
    content_version.bump()
    assert "Une gare à deux pas." in client.get(address).content.decode()


def test_a_comparison_is_kept_for_its_own_places_and_person(client, region):
    first = client.get(address_of(region, "36901", "36902")).content.decode()
    other = client.get(address_of(region, "36902", "36901")).content.decode()
    student = client.get(address_of(region, "36901", "36902").replace("jeune-diplome", "interne")).content.decode()
    assert len({first, other, student}) == 3


def test_wrong_words_are_not_kept(client, region, monkeypatch):
    names = []
    monkeypatch.setattr(
        "aids.comparison.comparison_page.kept", lambda version, name, make: names.append(name) or make()
    )
    client.get(address_of(region, "36901", "36902") + "&t=nulle-part")
    client.get(PATH, {"t": region["36901"].slug, "profil": "zzz"})
    assert not names
    client.get(address_of(region, "36901", "36902") + "&utm_source=x")
    client.get(address_of(region, "36901", "36902"))
    assert len(names) == 2
    assert len(set(names)) == 1


def test_the_page_of_a_place_and_the_index_lead_to_the_comparison(client, region):
    page = parsed(client.get(region["36901"].get_absolute_url()))
    assert f"{PATH}?t={region['36901'].slug}" in page.links()
    assert parsed(client.get("/territoires/")).all(f'form[action="{PATH}"]')


def test_the_page_sets_no_cookie_and_answers_304(client, region):
    first = client.get(PATH, {"t": slugs(region, "36901", "36902")})
    assert not first.cookies
    again = client.get(PATH, {"t": slugs(region, "36901", "36902")}, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
