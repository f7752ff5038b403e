"""The whole directory as plain values, kept for as long as the content does not change: a region has a few dozen
bodies, so that pages choose among them in memory."""

from datetime import date
from typing import NamedTuple

from guide.core import site_lists
from guide.core.models import PublishableQuerySet
from guide.core.together import Part, read_together
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
    """These bodies, by name; one query."""
    return _bodies(*read_together(*_parts(bodies)))


def _parts(bodies: PublishableQuerySet) -> tuple[Part, Part]:
    """The bodies; then each once for each place that holds one of its areas."""
    served = bodies.filter(territories__isnull=False).order_by()
    return Part(bodies.order_by("name", "pk"), COLUMNS), Part(served, AREA_COLUMNS)


def _bodies(rows: list[tuple], area_rows: list[tuple]) -> list[Body]:
    found: dict[int, dict[int, tuple[str, str, set[int]]]] = {}
    for body, area, kind, name, outer in area_rows:
        found.setdefault(body, {}).setdefault(area, (kind, name, set()))[2].add(outer)
    return [Body(*row, areas=_areas(found.get(row[0], {}))) for row in rows]


def _areas(found: dict[int, tuple[str, str, set[int]]]) -> tuple[Area, ...]:
    """By name."""
    rows = sorted(found.items(), key=lambda one: one[1][1])
    return tuple(Area(pk, kind, name, frozenset(outers)) for pk, (kind, name, outers) in rows)


DIRECTORY = site_lists.declare("contacts", lambda: _parts(ContactBody.objects.live()), _bodies)


def current(version: str) -> list[Body]:
    """What visitors see at this content version; no query once a page of it has asked for a list of the site."""
    return site_lists.current(DIRECTORY, version)
