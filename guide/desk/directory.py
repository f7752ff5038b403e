"""The whole directory as plain values, kept for as long as the content does not change: a region has a few dozen
bodies, so that pages choose among them in memory."""

from datetime import date
from typing import NamedTuple

from django.core.cache import cache

from guide.desk.models import ContactBody
from guide.publishing.models import PublishableQuerySet

KEPT = 3600  # seconds; the version in the key makes older values unreachable long before


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


def current(version: str) -> list[Body]:
    """What visitors see at this content version; two queries once per version."""
    return cache.get_or_set(f"desk:{version}:directory", lambda: load(ContactBody.objects.live()), KEPT)


def load(bodies: PublishableQuerySet) -> list[Body]:
    """These bodies, by name; two queries."""
    links = bodies.order_by().filter(territories__isnull=False)
    columns = ("pk", "territories", "territories__kind", "territories__name", "territories__outer_links__outer")
    areas: dict[int, dict[int, tuple[str, str, set[int]]]] = {}
    for body, pk, kind, name, outer in links.values_list(*columns):
        areas.setdefault(body, {}).setdefault(pk, (kind, name, set()))[2].add(outer)
    rows = bodies.order_by("name", "pk").values_list(*Body._fields[:-1])
    return [Body(*row, areas=_areas(areas.get(row[0], {}))) for row in rows]


def _areas(found: dict[int, tuple[str, str, set[int]]]) -> tuple[Area, ...]:
    """By name."""
    rows = sorted(found.items(), key=lambda one: one[1][1])
    return tuple(Area(pk, kind, name, frozenset(outers)) for pk, (kind, name, outers) in rows)
