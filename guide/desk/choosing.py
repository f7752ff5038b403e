"""Which bodies help with a question, in which order, and whom to call first.

A region has a few dozen bodies: the whole directory is kept for as long as the content does not change, and pages
choose in memory. A body is kept when it serves the place (or the whole region), the profile and the subject; a body
that names no profile or no subject serves all of them. Nearest first (the smallest territory that the body serves);
then the kinds that the subject, else the profile, calls for (guide/desk/vocabulary.py); then the most specialised,
which is the one with the fewest subjects; then by name. "Pour commencer" takes the same order with the kind before the
distance.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from guide.core.content_version import kept
from guide.core.models import PublishableQuerySet
from guide.desk.models import ContactBody
from guide.desk.vocabulary import FIRST, FIRST_FOR_PROFILE, FIRST_FOR_SUBJECT, BodyKind
from guide.territories.enums import TerritoryKind
from guide.territories.places import Held


class Area(NamedTuple):
    """A territory that a body serves; `outers`: primary keys of those that hold it, itself included."""

    pk: int
    kind: str
    name: str
    outers: frozenset[int]


class Body(NamedTuple):
    """A body with the territories that it serves, by name (none: the whole region)."""

    sheet: ContactBody
    areas: tuple[Area, ...] = ()


AREA_COLUMNS = ("pk", "territories", "territories__kind", "territories__name", "territories__outer_links__outer")


def load(bodies: PublishableQuerySet) -> list[Body]:
    """These bodies, by name."""
    outers: dict[int, dict[tuple, set[int]]] = defaultdict(lambda: defaultdict(set))
    served = bodies.filter(territories__isnull=False).order_by()
    for body, *territory, outer in served.values_list(*AREA_COLUMNS):
        outers[body][tuple(territory)].add(outer)
    return [Body(sheet, _areas(outers[sheet.pk])) for sheet in bodies.order_by("name", "pk")]


def _areas(outers: dict[tuple, set[int]]) -> tuple[Area, ...]:
    found = [Area(*territory, frozenset(holders)) for territory, holders in outers.items()]
    return tuple(sorted(found, key=lambda area: area.name))


def current(version: str) -> list[Body]:
    """What visitors see at this content version."""
    return kept(version, "contacts", lambda: load(ContactBody.objects.live()))


# How far a body is, by the smallest kind of territory that it serves.
FARTHEST = 9
DISTANCES = {
    TerritoryKind.COMMUNE: 0,
    TerritoryKind.EPCI: 1,
    TerritoryKind.LIVING_AREA: 1,
    TerritoryKind.CPTS_AREA: 1,
    TerritoryKind.DEPARTMENT: 2,
}


class Question(NamedTuple):
    """What somebody asks, and from where; "" or None for what they do not say."""

    place: Held | None = None
    profile: str = ""
    subject: str = ""


def distance(body: Body, place: Held | None) -> int | None:
    """How far a body is from a place, the nearest 0; None when it serves others only."""
    if not body.areas:
        return FARTHEST
    if place is None:
        return None
    return min((DISTANCES.get(area.kind, FARTHEST) for area in body.areas if _serves(area, place)), default=None)


def _serves(area: Area, place: Held) -> bool:
    """An area serves the places inside it, and the place that holds it unless that one is the region."""
    holds = any(outer.pk == area.pk for outer in place.outers)
    return holds or (place.kind != TerritoryKind.REGION and place.pk in area.outers)


def preference(question: Question) -> Sequence[BodyKind]:
    """Kinds of bodies to call, the first first."""
    return FIRST_FOR_SUBJECT.get(question.subject) or FIRST_FOR_PROFILE.get(question.profile) or FIRST


def choose(bodies: Iterable[Body], question: Question) -> list[tuple[int, Body]]:
    """(distance, body) of those that help, in order."""
    found = [
        (far, body)
        for body in bodies
        if (far := distance(body, question.place)) is not None and _answers(body, question)
    ]
    return sorted(found, key=lambda one: (one[0], *_rank(one[1], question)))


def first_to_call(chosen: Sequence[tuple[int, Body]], question: Question) -> Body | None:
    """Whom to call first among those chosen: of the first preferred kind, the nearest; else the first of the list."""
    kinds = preference(question)
    wanted = [(far, body) for far, body in chosen if body.sheet.kind in kinds]
    ranked = sorted(wanted, key=lambda one: (kinds.index(one[1].sheet.kind), one[0], *_rank(one[1], question)))
    return next((body for _, body in (ranked or chosen)), None)


def _answers(body: Body, question: Question) -> bool:
    return _speaks_of(body.sheet.profiles, question.profile) and _speaks_of(body.sheet.subjects, question.subject)


def _speaks_of(named: list[str], asked: str) -> bool:
    return not asked or not named or asked in named


def _rank(body: Body, question: Question) -> tuple:
    sheet, kinds = body.sheet, preference(question)
    kind = kinds.index(sheet.kind) if sheet.kind in kinds else len(kinds)
    return kind, len(sheet.subjects) or len(BodyKind.values), sheet.name, sheet.pk
