import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guide.core.models import SlugRedirect
from guide.territories.models import Containment, Contour
from structures.models import Membership, StaffMember, Stop, StructureMode
from tests.factories import StructureFactory, TerritoryFactory
from tests.markup import Part, parsed
from tests.new_process import MOST_QUERIES

pytestmark = pytest.mark.django_db


def page(client, structure) -> Part:
    response = client.get(f"/structures/{structure.slug}/")
    assert response.status_code == 200
    return parsed(response)


def test_sheet_says_who_and_where(client, la_chatre):
    structure = StructureFactory(
        kind="hopital", rank="ch", ownership="public", name="Centre hospitalier", commune=la_chatre,
        address="40 rue des Oiseaux", postal_code="36400", opened_on="2018-06-01", opened_precision="month",
        emergency="générales", finess="360000001", confidence="high", verified_on="2026-07-01",
    )  # fmt: skip
    seen = page(client, structure).plain
    for words in [
        "Hôpital, centre hospitalier",
        "40 rue des Oiseaux",
        "36400 La Châtre",
        "Indre (36)",
        "Statut Public",
        "Urgences Générales",
        "Ouverture juin 2018",
        "360000001",
        "Confiance notée à la collecte Haute",
        "Dernière vérification 1er juillet 2026",
        "Position approximative : mairie ou centre de la commune",
        "Source : Essai, 2026.",
    ]:
        assert words in seen


def test_unknown_is_said_in_one_sentence_with_whom_to_ask(client, la_chatre):
    html = page(client, StructureFactory(commune=la_chatre))
    seen = html.plain
    assert (
        "Ce guide ne connaît pas encore son téléphone, son courriel, son site internet, son adresse, sa date "
        "d'ouverture et les professions qui y exercent, et ne sait pas si elle recrute des médecins ni si elle "
        "accueille des internes."
    ) in seen
    assert "non renseigné" not in seen.partition("À qui demander")[0]
    assert {f"/contact/?commune={la_chatre.code}", "/structures/?type=cpts&departement=36"} <= set(html.links())


def test_the_cpts_of_a_structure_is_named(client, la_chatre):
    area = TerritoryFactory(kind="cpts_area", code="s1", name="Périmètre", slug="perimetre")
    Containment.objects.create(inner=la_chatre, outer=area)
    StructureFactory(kind="cpts", name="CPTS qui couvre", commune=la_chatre, coverage=area)
    StructureFactory(kind="cpts", name="CPTS ailleurs", commune=la_chatre)
    answer = page(client, StructureFactory(commune=la_chatre)).plain.partition("À qui demander")[2]
    assert "Sa communauté professionnelle peut vous répondre : CPTS qui couvre (La Châtre)." in answer


def test_a_sheet_without_position_lists_what_is_near_its_commune(client, la_chatre):
    StructureFactory(name="Voisine", latitude=46.6, commune=la_chatre, coordinate_source="site")
    structure = StructureFactory(commune=la_chatre, latitude=None, longitude=None, coordinate_source="")
    assert "Voisine" in page(client, structure)


def test_usual_modes_are_said_to_be_usual(client, la_chatre):
    seen = page(client, StructureFactory(commune=la_chatre)).plain
    assert "Libéral, exercice coordonné (habituel pour ce type de structure, à confirmer auprès d'elle)" in seen


def test_declared_modes_replace_the_usual_ones(client, la_chatre):
    structure = StructureFactory(commune=la_chatre)
    StructureMode.objects.create(structure=structure, mode="salarie")
    seen = page(client, structure).plain
    assert "Modes d'exercice Salarié " in seen
    assert "habituel" not in seen


def test_contact_is_linked(client, la_chatre):
    structure = StructureFactory(
        commune=la_chatre, phone="0254065454", email="a@exemple.fr", website="https://www.exemple.fr/x"
    )
    html = page(client, structure)
    assert html.link("02\xa054\xa006\xa054\xa054") == "tel:+33254065454"
    assert html.link("a@exemple.fr") == "mailto:a@exemple.fr"
    assert html.link("exemple.fr") == "https://www.exemple.fr/x"


def test_locator_map_marks_commune_and_structure(client, la_chatre, indre):
    for place, path in ((indre, "M0 0h9v9z"), (la_chatre, "M1 1h2v2z")):
        Contour.objects.create(territory=place, full="{}", simplified="{}", path_fine=path, path_coarse=path)
    html = page(client, StructureFactory(commune=la_chatre))
    assert html.one("path.map__shape.map__shape--current")["d"] == "M1 1h2v2z"
    assert html.all(".map__dot--current")


def test_sheet_without_position_has_no_map(client, la_chatre):
    structure = StructureFactory(commune=la_chatre, latitude=None, longitude=None, coordinate_source="")
    html = page(client, structure)
    assert "Position non renseignée." in html
    assert "map__dot" not in html


def test_nearest_structures_are_listed_by_distance(client, la_chatre):
    structure = StructureFactory(commune=la_chatre)
    StructureFactory(name="Loin", latitude=46.70, commune=la_chatre, coordinate_source="site")
    StructureFactory(name="Près", latitude=46.60, commune=la_chatre, coordinate_source="site")
    StructureFactory(name="Trop loin", latitude=46.90, commune=la_chatre)
    html = page(client, structure)
    assert html.texts(".row__title a") == ["Près", "Loin"]
    assert "à 2,2\xa0km" in html


def test_members_stops_and_professions(client, la_chatre):
    ght = StructureFactory(kind="ght", name="GHT", commune=la_chatre)
    support = StructureFactory(kind="hopital", name="CH support", commune=la_chatre)
    hidden = StructureFactory(kind="hopital", name="CH brouillon", commune=la_chatre, status="draft")
    Membership.objects.create(group=ght, member=support, is_support=True)
    Membership.objects.create(group=ght, member=hidden)
    Stop.objects.create(structure=ght, commune=la_chatre, place="Marché", schedule="samedi, 9 h")
    StaffMember.objects.create(structure=ght, speciality="medecine-generale", label="Médecine générale", headcount=3)
    seen = page(client, ght).plain
    assert "Membres CH support (établissement support)" in seen
    assert "CH brouillon" not in seen
    assert "Marché, samedi, 9 h" in seen
    assert "Médecine générale : 3" in seen
    assert "Membre de GHT" in page(client, support).plain


def test_closed_structure_stays_with_a_notice_and_leaves_the_lists(client, la_chatre):
    structure = StructureFactory(name="Ancienne", commune=la_chatre, closed_on="2024-07-01")
    html = page(client, structure)
    assert "fermée depuis le 1er\xa0juillet\xa02024" in html
    assert html.one('meta[name="robots"]')["content"] == "noindex"
    assert "Ancienne" not in client.get("/structures/").content.decode()


def test_structure_gone_from_its_source_says_so(client, la_chatre):
    structure = StructureFactory(commune=la_chatre, missing_since=timezone.localdate())
    assert "plus dans sa source depuis le" in page(client, structure)


@pytest.mark.parametrize("state", [{"status": "draft"}, {"publish_at": "2999-01-01T00:00Z"}])
def test_unpublished_structure_is_not_found(client, la_chatre, state):
    structure = StructureFactory(commune=la_chatre, **state)
    assert client.get(f"/structures/{structure.slug}/").status_code == 404


def test_old_address_redirects_for_ever(client, la_chatre):
    structure = StructureFactory(commune=la_chatre)
    SlugRedirect.objects.create(kind="structure", old_slug="avant", new_slug=structure.slug)
    response = client.get("/structures/avant/")
    assert (response.status_code, response["Location"]) == (301, f"/structures/{structure.slug}/")


def test_queries_do_not_grow_with_what_hangs_on_the_structure(client, la_chatre):
    structure = StructureFactory(commune=la_chatre)
    page(client, structure)  # the aids of the place are then in memory: their queries have their own test
    with CaptureQueriesContext(connection) as few:
        page(client, structure)
    for number in range(50):
        other = StructureFactory(commune=la_chatre)
        Membership.objects.create(group=structure, member=other)
        Stop.objects.create(structure=structure, commune=TerritoryFactory(), place=str(number))
        StaffMember.objects.create(structure=structure, speciality=f"s-{number}", label=f"Profession {number}")
    with CaptureQueriesContext(connection) as many:
        page(client, structure)
    assert len(many) == len(few) <= MOST_QUERIES


def test_headers_and_validity(client, la_chatre, django_assert_num_queries):
    structure = StructureFactory(commune=la_chatre, presentation="Deux\n\nparagraphes")
    response = client.get(f"/structures/{structure.slug}/")
    assert not response.cookies
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    with django_assert_num_queries(1):
        again = client.get(f"/structures/{structure.slug}/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
