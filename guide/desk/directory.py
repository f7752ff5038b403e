"""The whole directory, kept for as long as the content does not change: a region has a few dozen bodies, so that pages
choose among them in memory."""

from collections import defaultdict
from typing import NamedTuple

from guide.core.content_version import kept
from guide.core.models import PublishableQuerySet
from guide.desk.models import ContactBody


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
