"""The whole directory as plain values, kept for as long as the content does not change: a region has a few dozen
bodies, so that pages choose among them in memory."""

from datetime import date
from typing import NamedTuple

from guide.core.kept import kept
from guide.core.models import PublishableQuerySet
from guide.desk.models import ContactBody


class Area(NamedTuple):
    """A territory that a body serves; `outers`: primary keys of those that hold it, itself included."""

    pk: int
    kind: str
    name: str
    outers: frozenset[int]


class Body(NamedTuple):
    """A body as the database holds it, with the territories that it serves (none: the whole region)."""

    pk: int
    code: str
    name: str
    kind: str
    summary: str
    subjects: list[str]
    profiles: list[str]
    phone: str
    email: str
    website: str
    address: str
    hours: str
    source: str
    source_url: str
    source_date: str
    verified_on: date | None
    areas: tuple[Area, ...] = ()


COLUMNS = Body._fields[:-1]
AREA_COLUMNS = ("pk", "territories", "territories__kind", "territories__name", "territories__outer_links__outer")


def load(bodies: PublishableQuerySet) -> list[Body]:
    """These bodies, by name."""
    areas: dict[int, dict[int, tuple[str, str, set[int]]]] = {}
    served = bodies.filter(territories__isnull=False).order_by()
    for body, area, kind, name, outer in served.values_list(*AREA_COLUMNS):
        areas.setdefault(body, {}).setdefault(area, (kind, name, set()))[2].add(outer)
    rows = bodies.order_by("name", "pk").values_list(*COLUMNS)
    return [Body(*row, areas=_areas(areas.get(row[0], {}))) for row in rows]


def _areas(found: dict[int, tuple[str, str, set[int]]]) -> tuple[Area, ...]:
    """By name."""
    rows = sorted(found.items(), key=lambda one: one[1][1])
    return tuple(Area(pk, kind, name, frozenset(outers)) for pk, (kind, name, outers) in rows)


def current(version: str) -> list[Body]:
    """What visitors see at this content version."""
    return kept(version, "contacts", lambda: load(ContactBody.objects.live()))
