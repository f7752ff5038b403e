"""What the tests of the pages share: a small region whose aids are those of the real file."""

from guide.territories.enums import Scheme
from tests.aids.regions import REGION_FILE, centre_val_de_loire, load
from tests.factories import TerritoryFactory, ZoningEditionFactory, ZoningFactory
from tests.markup import parsed
from tests.new_process import first_queries

DOCTOR = {
    "profil": "jeune-diplome",
    "specialite": "medecine-generale",
    "mode": "liberal-individuel",
    "secteur": "secteur-1",
    "premiere-installation": "oui",
    "meme-categorie": "non",
    "date": "2026-12-01",
}


def small_region():
    """The region, its aids, and three communes of the Indre: in ZIP, in ZAC, and one that no zoning names."""
    places = centre_val_de_loire()
    outers = [places["24"], places["36"]]
    for code, name, latitude in (("36901", "En-Zip", 46.60), ("36902", "En-Zac", 46.65), ("36903", "Inconnue", 46.70)):
        places[code] = TerritoryFactory(code=code, name=name, latitude=latitude, inside=outers, parent=places["36"])
    edition = ZoningEditionFactory(
        scheme=Scheme.DOCTORS, scope=places["24"], exhaustive=False, valid_from="2026-02-05", label="zonage 2026"
    )
    ZoningFactory(edition=edition, territory=places["36901"], level="ZIP")
    ZoningFactory(edition=edition, territory=places["36902"], level="ZAC")
    load(REGION_FILE)
    return places


def text_of(response) -> str:
    """What a reader sees of a page, from its main part on: plain spaces, one line."""
    whole = parsed(response)
    shown = whole.all("main") + whole.all("footer.site-footer")
    return " ".join(part.plain for part in shown or [whole])


def cold(client, address) -> int:
    """Number of queries of the first page of a new process."""
    return len(first_queries(client, address))
