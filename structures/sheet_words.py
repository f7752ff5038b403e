"""What the sheet of a structure says of it, in words, from the structure alone."""

from django.utils import timezone
from django.utils.text import capfirst

from guide.core.french import UNKNOWN, long_date, partial_date
from structures.contact import Fact, ways
from structures.enums import CoordinateSource, DatePrecision, Kind
from structures.models import Structure

HOSPITALS = (Kind.HOSPITAL, Kind.CLINIC)
POSITIONS = {
    CoordinateSource.SITE: "Position du site.",
    CoordinateSource.ADDRESS: "Position calculée d'après l'adresse.",
    CoordinateSource.STREET: "Position approximative : la rue est connue, pas le bâtiment.",
    CoordinateSource.COMMUNE: "Position approximative : mairie ou centre de la commune, pas le bâtiment.",
    CoordinateSource.HAND: "Position placée à la main par la rédaction.",
    "": "Position non renseignée.",
}


def notices(structure: Structure) -> list[str]:
    """What a visitor must know first: closed, opening later, gone from its source."""
    today = timezone.localdate()
    found = []
    if structure.is_closed(today):
        found.append(f"Cette structure est fermée depuis le {long_date(structure.closed_on)}.")
    elif structure.closed_on:
        found.append(f"Fermeture annoncée le {long_date(structure.closed_on)}.")
    if structure.opened_on and structure.opened_on > today:
        found.append(f"Ouverture prévue : {opening(structure)}.")
    if structure.missing_since:
        found.append(
            f"Cette structure n'apparaît plus dans sa source depuis le {long_date(structure.missing_since)} : "
            "vérifiez auprès d'elle avant de vous déplacer."
        )
    return found


def opening(structure: Structure) -> str:
    """Opening date with the precision that is known."""
    if structure.opened_on is None:
        return UNKNOWN
    lengths = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}
    return partial_date(structure.opened_on.isoformat()[: lengths.get(structure.opened_precision, 10)])


def identity_facts(structure: Structure) -> list[Fact]:
    """Who it is. Legal status, emergency and maternity are said of hospitals even when unknown."""
    hospital = structure.kind in HOSPITALS
    optional = [
        ("Statut", capfirst(structure.get_ownership_display()), hospital),
        ("Urgences", capfirst(structure.emergency), hospital),
        ("Maternité", capfirst(structure.maternity), hospital),
        ("Ouverture", opening(structure), True),
        ("Numéro FINESS", structure.finess or "", False),
        ("SIRET", structure.siret, False),
    ]
    facts = [Fact(label, text or UNKNOWN) for label, text, always in optional if text or always]
    if structure.coverage:
        facts.append(Fact("Périmètre couvert", structure.coverage.name, structure.coverage.get_absolute_url()))
    return facts


def contact_facts(structure: Structure) -> list[Fact]:
    """Phone, e-mail and site; what is not known is said."""
    found = ways(structure.phone, structure.email, structure.website)
    return [Fact(way.label, way.text or UNKNOWN, way.href) for way in found]


def trust_facts(structure: Structure) -> list[Fact]:
    """How far the sheet can be trusted."""
    verified = structure.verified_on
    return [
        Fact("Confiance notée à la collecte", capfirst(structure.get_confidence_display() or "non précisée")),
        Fact("Dernière vérification", long_date(verified) if verified else UNKNOWN),
    ]


def lead(structure: Structure) -> str:
    """Kind and rank."""
    parts = [capfirst(structure.get_kind_display()), structure.get_rank_display()]
    return ", ".join(part for part in parts if part)
