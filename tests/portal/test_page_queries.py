"""What each public page costs in the worst case: the first page of a new process, nothing kept anywhere."""

import pytest

from guide.editorial.models import NewsItem
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, PostalCode, Territory, ZoningEdition
from structures.enums import Kind
from structures.models import Membership, StaffMember, Stop, Structure
from tests.aids.factories import AidFactory
from tests.aids.rules import aid, case, condition, zoned
from tests.desk.factories import ContactBodyFactory
from tests.editorial.factories import (
    DocumentFactory,
    EventFactory,
    GlossaryTermFactory,
    KeyFigureFactory,
    NewsItemFactory,
    PageFactory,
    PartnerFactory,
    ReferenceFactory,
    TestimonialFactory,
)
from tests.editorial.practice import PracticeOptionFactory
from tests.factories import (
    AmenityFactory,
    IndicatorValueFactory,
    StructureFactory,
    TerritoryFactory,
    TerritoryRemarkFactory,
    TravelTimeFactory,
    ZoningFactory,
)
from tests.new_process import MOST_QUERIES, first_queries
from tests.whole_site import make_site

pytestmark = pytest.mark.django_db

COMPARED = "/territoires/comparer/?t=la-chatre-36046&t=indre-36"
FOUR = f"{COMPARED}&t=cc-de-la-chatre-243600236&t=bassin-de-la-chatre-36046"
PERSON = "&profil=jeune-diplome&specialite=medecine-generale&mode=liberal"
MORE_PAGES = {
    "place and department compared": COMPARED,
    "two compared for a person": COMPARED + PERSON,
    "four compared": FOUR,
    "four compared for a person": FOUR + PERSON,
    "epci astride": "/territoires/cc-astride/",
    "astride compared": "/territoires/comparer/?t=cc-astride&t=la-chatre-36046" + PERSON,
    "aids of a commune": "/aides/?profil=interne&commune=36046",
    "simulator of a department": "/aides/simulateur/?profil=interne&departement=36",
    "contacts of a commune": "/contact/?commune=36046&sujet=aides",
    "testimonials of a department": "/temoignages/?departement=36",
}


def test_no_page_asks_more_than_its_share_whatever_the_rows(client):
    pages = {name: path for name, path in make_site().items() if name != "not found"} | MORE_PAGES
    make_astride()
    grow()  # relations of no row at all are not even asked for
    few = {name: first_queries(client, path) for name, path in pages.items()}
    for _ in range(6):
        grow()
    many = {name: first_queries(client, path) for name, path in pages.items()}
    over = {name: len(asked) for name, asked in many.items() if len(asked) > MOST_QUERIES}
    assert not over
    assert {name: len(asked) for name, asked in many.items()} == {name: len(asked) for name, asked in few.items()}


def make_astride() -> None:
    """An EPCI that lies in two departments: its pages also ask where most of its people live."""
    epci = TerritoryFactory(kind=TerritoryKind.EPCI, code="astride", name="CC astride", slug="cc-astride")
    for department in Territory.objects.filter(kind=TerritoryKind.DEPARTMENT, code__in=("18", "36")):
        region = department.outer_links.get(outer__kind=TerritoryKind.REGION).outer
        Containment.objects.get_or_create(inner=epci, outer=region)
        TerritoryFactory(inside=[epci, department, region], parent=department)


def grow() -> None:
    """More of every kind of row that a public page shows."""
    chatre = Territory.objects.get(kind=TerritoryKind.COMMUNE, code="36046")
    grow_places(chatre)
    grow_structures(chatre)
    grow_texts(chatre)
    rule = aid(case(condition("profil", "interne"), zoned("ZIP")), common=[condition("territoire", "department:36")])
    AidFactory.create_batch(5, rule=rule)


def grow_places(chatre: Territory) -> None:
    holders = [link.outer for link in chatre.outer_links.exclude(outer=chatre).select_related("outer")]
    commune = TerritoryFactory(inside=holders, parent=chatre.parent)
    chatre.neighbours.add(commune)
    PostalCode.objects.create(code=f"{37000 + PostalCode.objects.count()}", commune=chatre)
    for edition in ZoningEdition.objects.all():
        ZoningFactory(edition=edition, territory=commune)
    for place in (chatre, *holders):
        TerritoryRemarkFactory(territory=place)
        IndicatorValueFactory(territory=place)
    AmenityFactory(commune=chatre)
    TravelTimeFactory(commune=chatre)


def grow_structures(chatre: Territory) -> None:
    sheet = Structure.objects.get(slug="msp-complete")
    for kind in Kind:
        other = StructureFactory(commune=chatre, kind=kind)
        Membership.objects.create(group=sheet, member=other)
    number = Structure.objects.count()
    StaffMember.objects.create(structure=sheet, speciality=f"s-{number}", label=f"Profession {number}")
    Stop.objects.create(structure=sheet, commune=chatre, place=f"Arrêt {number}")


def grow_texts(chatre: Territory) -> None:
    reference = ReferenceFactory()
    indre = chatre.parent
    TestimonialFactory(territory=chatre, structure=Structure.objects.get(slug="msp-complete")).references.set(
        [reference]
    )
    TestimonialFactory(territory=indre)
    PracticeOptionFactory(kinds=["msp", "hopital"], points={"statut": "Libéral"}, steps=[("Appeler", "Un appel.", "")])
    PageFactory(section="guide")
    PartnerFactory()
    GlossaryTermFactory(slug=reference.code, abbreviation=reference.code.upper())
    NewsItemFactory(territory=indre)
    NewsItemFactory(kind=NewsItem.objects.get(slug="charte").kind)
    EventFactory(recurrence="Chaque printemps")
    KeyFigureFactory(on_home=True, reference=reference)
    DocumentFactory(reference=reference)
    ContactBodyFactory(territories=[indre, chatre], subjects=["aides"])
    ContactBodyFactory()
