"""The whole directory as plain values, kept for as long as the content does not change: a region has a few dozen
bodies, so that pages choose among them in memory."""

from datetime import date
from typing import NamedTuple

from guide.desk.models import ContactBody
from guide.publishing.kept import kept
from guide.publishing.models import PublishableQuerySet


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
    """What visitors see at this content version; one query once per version."""
    return kept(version, "directory", lambda: load(ContactBody.objects.live()))


def load(bodies: PublishableQuerySet) -> list[Body]:
    """These bodies, by name; one query, in which a body comes once for each place that holds one of its areas."""
    columns = Body._fields[:-1]
    areas = ("territories", "territories__kind", "territories__name", "territories__outer_links__outer")
    rows: dict[int, tuple] = {}
    found: dict[int, dict[int, tuple[str, str, set[int]]]] = {}
    for row in bodies.order_by("name", "pk").values_list(*columns, *areas):
        body, (area, kind, name, outer) = row[0], row[len(columns) :]
        rows.setdefault(body, row[: len(columns)])
        if area is not None:
            found.setdefault(body, {}).setdefault(area, (kind, name, set()))[2].add(outer)
    return [Body(*row, areas=_areas(found.get(pk, {}))) for pk, row in rows.items()]


def _areas(found: dict[int, tuple[str, str, set[int]]]) -> tuple[Area, ...]:
    """By name."""
    rows = sorted(found.items(), key=lambda one: one[1][1])
    return tuple(Area(pk, kind, name, frozenset(outers)) for pk, (kind, name, outers) in rows)
