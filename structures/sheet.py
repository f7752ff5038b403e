"""The sheet of a structure: what is read for it, and the context of its page."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from guide.core import rich_text
from guide.core.french import UNKNOWN, joined, long_date, number, partial_date
from guide.core.images.making import printed
from guide.territories import maps
from guide.territories.cog import inside
from guide.territories.enums import TerritoryKind
from guide.territories.models import Contour, Territory
from guide.territories.places import address
from structures.contact import Fact, ways
from structures.enums import SHORT_LABELS, USUAL_MODES, CoordinateSource, DatePrecision, Kind, PracticeMode
from structures.listing import StructureRow, rows
from structures.models import Membership, Structure
from structures.structures_of_place import NEAR_KM

HOSPITALS = (Kind.HOSPITAL, Kind.CLINIC)
POSITIONS = {
    CoordinateSource.SITE: "Position du site.",
    CoordinateSource.ADDRESS: "Position calculée d'après l'adresse.",
    CoordinateSource.STREET: "Position approximative : la rue est connue, pas le bâtiment.",
    CoordinateSource.COMMUNE: "Position approximative : mairie ou centre de la commune, pas le bâtiment.",
    CoordinateSource.HAND: "Position placée à la main par la rédaction.",
    "": "Position non renseignée.",
}
NEAR_ROWS = 10
PHOTO_COLUMNS = ("image", "width", "height", "alternative", "credit")
YES_NO = {True: "Oui", False: "Non", None: UNKNOWN}
STAFF = "Professions"
# How the sentence on what is not known names each fact, and what it asks rather than names.
UNKNOWN_FACTS = {
    "Téléphone": "son téléphone",
    "Courriel": "son courriel",
    "Site internet": "son site internet",
    "Adresse": "son adresse",
    "Ouverture": "sa date d'ouverture",
    "Statut": "son statut",
    "Urgences": "son service d'urgences",
    "Maternité": "sa maternité",
    "Modes d'exercice": "ses modes d'exercice",
    STAFF: "les professions qui y exercent",
}
UNKNOWN_ANSWERS = {"Recrute des médecins": "recrute des médecins", "Accueille des internes": "accueille des internes"}


def find(slug: str) -> Structure | None:
    """The published structure of that slug, closed or not, with its places."""
    return with_places(Structure.objects.with_sheet().filter(slug=slug)).first()


def with_places(structures):
    """A query set of structures, each read with the places that its sheet names."""
    return structures.select_related("commune__parent", "coverage").defer("provenance", "search_text", "list_order")


def context(structure: Structure) -> dict:
    """Everything that structures/sheet.html prints."""
    department = _department(structure)
    identity, where, practice = _identity_facts(structure), _where(structure, department), _practice_facts(structure)
    contact = [
        Fact(way.label, way.text or UNKNOWN, way.href)
        for way in ways(structure.phone, structure.email, structure.website)
    ]
    staff = _staff(structure)
    told = [*contact, *where, *identity, *practice, Fact(STAFF, ", ".join(staff) or UNKNOWN)]
    return {
        "structure_name": structure.name,
        "kind": structure.kind,
        "kind_label": capfirst(structure.get_kind_display()),
        "lead": _lead(structure),
        "description": f"{structure.name}, {SHORT_LABELS[structure.kind]} : {structure.commune.name}",
        "canonical": structure.get_absolute_url(),
        "breadcrumb": _breadcrumb(structure, department),
        "notices": _notices(structure),
        "is_closed": structure.is_closed(),
        "presentation": rich_text.printed(structure.presentation),
        "photos": [printed(*row) for row in structure.photos.order_by("position", "pk").values_list(*PHOTO_COLUMNS)],
        "unknown": unknown_in_words([fact.label for fact in told if fact.text == UNKNOWN]),
        "cpts": _cpts(structure),
        "cpts_list": f"{reverse('structures:list')}?type=cpts&departement={department.code}" if department else "",
        "identity": _known(identity),
        "where": _known(where),
        "position": POSITIONS[structure.coordinate_source],
        "contact": _known(contact),
        "practice": _known(practice),
        "staff": staff,
        "stops": _stops(structure),
        **_links(structure),
        "drawing": _drawing(structure, department),
        "around": _around(structure, department),
        "around_km": NEAR_KM,
        "structure_id": structure.pk,
        "commune": structure.commune,
        "trust": _trust_facts(structure),
        "source": {
            "source": structure.source or UNKNOWN,
            "date": partial_date(structure.source_date),
            "url": structure.source_url,
        },
    }


def _known(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.text != UNKNOWN]


def unknown_in_words(labels: list[str]) -> str:
    """What nobody has told yet, in one sentence; "" when all is known. Pure."""
    names = joined(UNKNOWN_FACTS[label] for label in labels if label in UNKNOWN_FACTS)
    answers = joined((f"si elle {UNKNOWN_ANSWERS[label]}" for label in labels if label in UNKNOWN_ANSWERS), "ni")
    parts = [f"ne connaît pas encore {names}"] if names else []
    parts += [f"ne sait pas {answers}"] if answers else []
    return f"Ce guide {', et '.join(parts)}." if parts else ""


def _cpts(structure: Structure) -> list[Fact]:
    """The live CPTS that it belongs to, or whose perimeter holds its commune."""
    joined_by = Q(group_links__member=structure) | Q(coverage__inner_links__inner=structure.commune_id)
    found = Structure.objects.live().filter(joined_by, kind=Kind.CPTS).exclude(pk=structure.pk)
    rows = found.order_by("list_order").distinct().values_list("name", "commune__name", "slug")
    return [Fact(name, place, reverse("structures:detail", args=[slug])) for name, place, slug in rows]


def _notices(structure: Structure) -> list[str]:
    """What a visitor must know first: closed, opening later, gone from its source."""
    today = timezone.localdate()
    found = []
    if structure.is_closed(today):
        found.append(f"Cette structure est fermée depuis le {long_date(structure.closed_on)}.")
    elif structure.closed_on:
        found.append(f"Fermeture annoncée le {long_date(structure.closed_on)}.")
    if structure.opened_on and structure.opened_on > today:
        found.append(f"Ouverture prévue : {_opening(structure)}.")
    if structure.missing_since:
        found.append(
            f"Cette structure n'apparaît plus dans sa source depuis le {long_date(structure.missing_since)} : "
            "vérifiez auprès d'elle avant de vous déplacer."
        )
    return found


def _opening(structure: Structure) -> str:
    if structure.opened_on is None:
        return UNKNOWN
    lengths = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}
    return partial_date(structure.opened_on.isoformat()[: lengths.get(structure.opened_precision, 10)])


def _identity_facts(structure: Structure) -> list[Fact]:
    """Who it is. Legal status, emergency and maternity are said of hospitals even when unknown."""
    hospital = structure.kind in HOSPITALS
    optional = [
        ("Statut", capfirst(structure.get_ownership_display()), hospital),
        ("Urgences", capfirst(structure.emergency), hospital),
        ("Maternité", capfirst(structure.maternity), hospital),
        ("Ouverture", _opening(structure), True),
        ("Numéro FINESS", structure.finess or "", False),
        ("SIRET", structure.siret, False),
    ]
    facts = [Fact(label, text or UNKNOWN) for label, text, always in optional if text or always]
    if structure.coverage:
        facts.append(Fact("Périmètre couvert", structure.coverage.name, structure.coverage.get_absolute_url()))
    return facts


def _trust_facts(structure: Structure) -> list[Fact]:
    verified = structure.verified_on
    return [
        Fact("Confiance notée à la collecte", capfirst(structure.get_confidence_display() or "non précisée")),
        Fact("Dernière vérification", long_date(verified) if verified else UNKNOWN),
    ]


def _lead(structure: Structure) -> str:
    parts = [capfirst(structure.get_kind_display()), structure.get_rank_display()]
    return ", ".join(part for part in parts if part)


def _staff(structure: Structure) -> list[str]:
    rows = structure.staff.order_by("label").values_list("label", "headcount")
    return [label if count is None else f"{label} : {number(count)}" for label, count in rows]


def _practice_facts(structure: Structure) -> list[Fact]:
    """How one practises there. The usual modes of the kind are said to be so."""
    modes = structure.modes.order_by("mode").values_list("mode", flat=True)
    declared = [PracticeMode(mode).label for mode in modes]
    usual = [mode.label for mode in USUAL_MODES.get(structure.kind, ())]
    if declared:
        modes = ", ".join(declared)
    elif usual:
        modes = f"{', '.join(usual)} (habituel pour ce type de structure, à confirmer auprès d'elle)"
    else:
        modes = UNKNOWN
    return [
        Fact("Modes d'exercice", capfirst(modes)),
        Fact("Recrute des médecins", YES_NO[structure.recruiting]),
        Fact("Accueille des internes", YES_NO[structure.welcomes_interns]),
    ]


def _department(structure: Structure) -> Territory | None:
    parent = structure.commune.parent
    return parent if parent and parent.kind == TerritoryKind.DEPARTMENT else None


def _breadcrumb(structure: Structure, department: Territory | None) -> list[tuple[str, str]]:
    base = reverse("structures:list")
    middle = [(department.name, f"{base}?departement={department.code}")] if department else []
    return [("Structures de soins", base), *middle, (structure.name, "")]


def _where(structure: Structure, department: Territory | None) -> list[Fact]:
    commune = structure.commune
    town = " ".join(part for part in (structure.postal_code, commune.name) if part)
    facts = [
        Fact("Adresse", structure.address or UNKNOWN),
        Fact("Commune", town, commune.get_absolute_url()),
    ]
    if department:
        facts.append(Fact("Département", f"{department.name} ({department.code})", department.get_absolute_url()))
    return facts


def _stops(structure: Structure) -> list[Fact]:
    rows = structure.stops.order_by("commune__search_name", "place")
    return [
        Fact(name, ", ".join(part for part in (place, schedule) if part) or UNKNOWN, address(slug))
        for name, slug, place, schedule in rows.values_list("commune__name", "commune__slug", "place", "schedule")
    ]


def _links(structure: Structure) -> dict[str, list[tuple[str, str, str]]]:
    """Groups it belongs to and its own members, those that visitors see, as (name, address, note)."""
    groups, members = [], []
    live = Structure.objects.live().values("pk")
    linked = Membership.objects.filter(Q(member=structure, group__in=live) | Q(group=structure, member__in=live))
    rows = linked.order_by("-is_support", "member__search_text", "group__search_text").values_list(
        "group", "is_support", "group__name", "group__slug", "member__name", "member__slug"
    )
    base = reverse("structures:list")
    for group, is_support, group_name, group_slug, member_name, member_slug in rows:
        note = "établissement support" if is_support else ""
        if group == structure.pk:
            members.append((member_name, f"{base}{member_slug}/", note))
        else:
            groups.append((group_name, f"{base}{group_slug}/", note))
    return {"groups": groups, "members": members}


def _around(structure: Structure, department: Territory | None) -> list[StructureRow]:
    """The nearest structures; from the town hall where its own position is not known."""
    place = structure if structure.latitude is not None else structure.commune
    if place.latitude is None:
        return []
    near = Structure.objects.live().near(place.latitude, place.longitude, NEAR_KM).exclude(pk=structure.pk)
    names = {department.pk: department.name} if department else {}
    return rows(near.order_by("distance_km", "search_text", "pk")[:NEAR_ROWS], names, with_distance=True)


def _drawing(structure: Structure, department: Territory | None) -> maps.Drawing | None:
    """The department with the commune and the structure, else the commune alone."""
    frame = department if department and department.bbox else structure.commune
    if not frame.bbox or structure.latitude is None:
        return None
    drawn = Contour.objects.filter(territory__in=[structure.commune_id, *([department.pk] if department else [])])
    paths = dict(drawn.values_list("territory", "path_coarse"))
    shapes = [maps.Shape(paths.get(frame.pk, ""), frame.name)] if frame is department else []
    shapes.append(maps.Shape(paths.get(structure.commune_id, ""), structure.commune.name, current=True))
    around = inside(frame.kind, frame.code, frame.name)
    drawing = maps.draw(
        "situation",
        f"Situation : {structure.commune.name}",
        f"La commune ({structure.commune.name}), colorée, et la structure, un point, {around}.",
        frame.bbox,
        shapes,
    )
    return maps.with_dots(drawing, [("current", structure.longitude, structure.latitude)])
