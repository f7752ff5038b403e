"""What holds a place, as plain values: asked once, and shared by all that a page says of a place."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Sum

from guide.core.content_version import kept
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment

COLUMNS = ("inner", "inner__kind", "inner__code", "inner__name", "outer", "outer__kind", "outer__code")


class Outer(NamedTuple):
    """A place that holds another one."""

    pk: int
    kind: str
    code: str


class Held(NamedTuple):
    """A place with all that holds it, itself included."""

    pk: int
    kind: str
    code: str
    name: str
    outers: tuple[Outer, ...]

    def outer(self, kind: TerritoryKind) -> Outer | None:
        """The place of that kind that holds it, the first by code; itself when it is of that kind."""
        return next((outer for outer in self.outers if outer.kind == kind), None)


def find(**lookups) -> Held | None:
    """The visible place that lookups on the inner side of the closure name."""
    links = Containment.objects.filter(inner__missing_since=None, **lookups).order_by("outer__code", "outer")
    rows = list(links.values_list(*COLUMNS))
    return Held(*rows[0][:4], tuple(Outer(*row[4:]) for row in rows)) if rows else None


def of(territory: int, version: str) -> Held | None:
    """The visible place of that primary key, kept for the content version."""
    return kept(version, f"holders:{territory}", lambda: find(inner=territory))


def main_departments(places: Iterable[int]) -> dict[int, Outer]:
    """For each place (primary key) the department where most of its inhabitants live.

    For groups of communes that lie in several departments, none of which holds them.
    """
    links = Containment.objects.filter(
        outer__in=places, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None, inner__parent__isnull=False
    )
    rows = links.values_list("outer", "inner__parent", "inner__parent__kind", "inner__parent__code")
    people = rows.annotate(people=Sum("inner__population", default=0)).order_by("people", "-inner__parent__code")
    return {outer: Outer(*department) for outer, *department, _ in people}


def keep(held: Held, version: str) -> None:
    """Spare `of` its query, where the page has already read what holds its place."""
    kept(version, f"holders:{held.pk}", lambda: held)
