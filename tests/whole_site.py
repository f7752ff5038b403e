"""A small site with one page of every public type, and the address of each: what tests of all pages share."""

from django.utils import timezone

from guide.editorial.testimonials.actions import token_of
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Contour, Territory
from structures.models import CompletenessNote, StaffMember, Structure
from tests.aids.regions import REGION_FILE, load
from tests.browser.region import make_region
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
    DepartmentFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    TerritoryFactory,
    TerritoryRemarkFactory,
    TravelTimeFactory,
    ZoningEditionFactory,
    ZoningFactory,
)

TEXT = (
    "<h2>Un</h2><p>Une MSP [@indre-2022].</p><h3>Détail</h3><p>b</p><h2>Deux</h2><ul><li>c</li></ul><h2>Trois</h2>"
    "<table><thead><tr><th>Aide</th><th>Montant</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
)
DOCTOR = (
    "profil=jeune-diplome&specialite=medecine-generale&mode=liberal-individuel&secteur=secteur-1"
    "&premiere-installation=oui&meme-categorie=non&date=2026-12-01&commune=36046"
)
# Name of a type of page → address.
PAGES = {
    "home": "/",
    "structures": "/structures/",
    "structures filtered": "/structures/?type=msp&departement=36&q=chatre",
    "structures none": "/structures/?q=zzzz",
    "structures wrong": "/structures/?type=zzzz",
    "structure": "/structures/msp-complete/",
    "structures map": "/carte/",
    "structures map filtered": "/carte/?type=msp",
    "territories": "/territoires/",
    "territories found": "/territoires/?q=cha",
    "territories none": "/territoires/?q=zzzz",
    "region": "/territoires/centre-val-de-loire-24/",
    "department": "/territoires/indre-36/",
    "epci": "/territoires/cc-de-la-chatre-243600236/",
    "living area": "/territoires/bassin-de-la-chatre-36046/",
    "commune": "/territoires/la-chatre-36046/",
    "places compared": "/territoires/comparer/?t=la-chatre-36046&t=bourges-18033",
    "places to compare": "/territoires/comparer/",
    "aids": "/aides/",
    "aids filtered": "/aides/?profil=interne&etat=fermee",
    "aids none": "/aides/?q=zzzz",
    "aid": "/aides/aide-primo-installation/",
    "aid closed": "/aides/cotram/",
    "simulator": "/aides/simulateur/",
    "simulator result": f"/aides/simulateur/?{DOCTOR}",
    "simulator wrong": "/aides/simulateur/?profil=zzzz",
    "aids map": "/aides/carte/",
    "aids map asked": "/aides/carte/?profil=interne&specialite=medecine-generale",
    "options": "/exercer/",
    "option": "/exercer/msp/",
    "options compared": "/exercer/comparer/",
    "options chosen": "/exercer/comparer/?o=msp&o=hopital",
    "questionnaire": "/exercer/questionnaire/",
    "questionnaire answered": "/exercer/questionnaire/?statut=liberal&equipe=grande&gestion=non",
    "testimonials": "/temoignages/",
    "testimonials none": "/temoignages/?departement=18",
    "testimonial": "/temoignages/dr-a/",
    "testimonial offered": "/temoignages/proposer/",
    "news": "/actualites/",
    "news item": "/actualites/charte/",
    "agenda": "/agenda/",
    "page": "/pages/la-region/",
    "page of a department": "/pages/exercer-dans-l-indre/",
    "glossary": "/pages/glossaire/",
    "documents": "/pages/documents/",
    "partners": "/pages/partenaires/",
    "contacts": "/contact/",
    "contacts asked": "/contact/?departement=36&profil=interne&sujet=aides",
    "components": "/pages/composants/",
    "not found": "/nulle-part/",
}


def make_site() -> dict[str, str]:
    """Fill the database; the address of each type of page."""
    make_region()
    _places()
    load(REGION_FILE)
    _structures()
    testimonial = _texts()
    token = token_of(testimonial.pk)
    return {
        **PAGES,
        "testimonial thanks": f"/temoignages/merci/{token}/",
        "testimonial withdrawal": f"/temoignages/retirer/{token}/",
    }


NAMES = (*PAGES, "testimonial thanks", "testimonial withdrawal")


def _places():
    region = Territory.objects.get(kind=TerritoryKind.REGION)
    indre = Territory.objects.get(kind=TerritoryKind.DEPARTMENT, code="36")
    chatre = Territory.objects.get(kind=TerritoryKind.COMMUNE, code="36046")
    for code in ("28", "37", "41", "45"):
        DepartmentFactory(code=code, inside=[region])
    TerritoryFactory(kind=TerritoryKind.EPCI, code="200072064", inside=[region])  # one of its aids names it
    path = Contour.objects.get(territory=chatre).path_fine
    for kind, code, name in (
        (TerritoryKind.EPCI, "243600236", "CC de La Châtre"),
        (TerritoryKind.LIVING_AREA, "36046", "Bassin de La Châtre"),
    ):
        outer = TerritoryFactory(kind=kind, code=code, name=name, inside=[region, indre])
        Contour.objects.create(territory=outer, full="{}", simplified="{}", path_fine=path, path_coarse=path)
        Containment.objects.create(inner=chatre, outer=outer)
    edition = ZoningEditionFactory(scope=region)
    ZoningFactory(edition=edition, territory=chatre)
    indicators = [IndicatorFactory(), IndicatorFactory(family="care")]
    for place in Territory.objects.all():
        for indicator in indicators:
            IndicatorValueFactory(indicator=indicator, territory=place)
    AmenityFactory(commune=chatre)
    TravelTimeFactory(commune=chatre)
    TerritoryRemarkFactory(territory=indre)


def _structures():
    chatre = Territory.objects.get(kind=TerritoryKind.COMMUNE, code="36046")
    sheet = Structure.objects.get(name="Maison de santé de La Châtre")
    Structure.objects.filter(pk=sheet.pk).update(
        slug="msp-complete",
        finess="360000012",
        address="1 rue du Pont",
        postal_code="36400",
        phone="02 54 00 00 00",
        email="msp@exemple.fr",
        website="https://exemple.fr/",
        emergency="",
        recruiting=True,
        commune=chatre,
        presentation="<p>Une équipe.</p>",
    )
    StaffMember.objects.create(structure=sheet, speciality="medecine-generale", label="médecins", headcount=3)
    CompletenessNote.objects.create(kind="msp", text="Liste partielle", source="Essai")


def _texts():
    """The editorial content; the testimonial, whose own pages have signed addresses."""
    indre = Territory.objects.get(kind=TerritoryKind.DEPARTMENT, code="36")
    reference = ReferenceFactory(code="indre-2022", url="https://example.org/")
    GlossaryTermFactory()
    for section in ("region", "site"):
        PageFactory(section=section)
    PageFactory(title="Ce que la région offre", slug="la-region", body=TEXT)
    PageFactory(title="Exercer dans l'Indre", slug="exercer-dans-l-indre", section="departement", territory=indre)
    for slug, family in (("msp", "coordonne"), ("hopital", "salarie"), ("seul", "liberal")):
        PracticeOptionFactory(
            slug=slug,
            family=family,
            body=TEXT,
            audience="<p>a</p>",
            day="<p>b</p>",
            week="<p>c</p>",
            advantages="<ul><li>d</li></ul>",
            drawbacks="<ul><li>e</li></ul>",
            simulator_mode="msp",
            kinds=["msp"],
            points={"statut": "Libéral", "gestion": "Partagée"},
            fits=[("statut-liberal", 1, "On y est libéral."), ("gestion-non", -1, "De la gestion.")],
            steps=[("Appeler", "Un appel.", "1 mois"), ("Signer", "Un bail.", "")],
        )
    NewsItemFactory(title="Charte", slug="charte", body=TEXT, place="Blois", territory=indre)
    NewsItemFactory(kind="initiative")
    EventFactory(body=TEXT, starts_at=timezone.now() + timezone.timedelta(days=9), place="Tours")
    EventFactory(recurrence="Chaque automne")
    KeyFigureFactory(on_home=True, reference=reference)
    DocumentFactory(reference=reference)
    PartnerFactory()
    ContactBodyFactory(name="ARS", kind="ars", phone="02 38 77 32 32", website="https://example.org/")
    ContactBodyFactory(name="CPAM de l'Indre", kind="cpam", territories=[indre], subjects=["aides"])
    return TestimonialFactory(
        slug="dr-a",
        name="Dr A",
        role="Généraliste",
        summary="Une phrase.",
        mode="msp",
        stage="installe",
        territory=indre,
    )
