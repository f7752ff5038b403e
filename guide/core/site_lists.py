"""Short lists of the whole site that pages choose from: its foot, its contacts, what its lists lack.

The first page of a content version that needs one of them reads all of them, in one query; each is then kept apart.
A module declares its list when it is imported.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from guide.core.kept import kept
from guide.core.together import Part, read_together


class SiteList(NamedTuple):
    """`parts` says what to read, `make` makes the list of the rows of each part, without any query."""

    name: str
    parts: Callable[[], tuple[Part, ...]]
    make: Callable[..., Any]


_declared: list[SiteList] = []


def declare(name: str, parts: Callable[[], tuple[Part, ...]], make: Callable[..., Any]) -> SiteList:
    """A list that is read with all the others."""
    declared = SiteList(name, parts, make)
    _declared.append(declared)
    return declared


def current(wanted: SiteList, version: str) -> Any:
    """The list as it is at a content version; one query for all of them the first time."""

    def read() -> Any:
        made = _read_all()
        for name, value in made.items():
            kept(version, _key(name), lambda value=value: value)
        return made[wanted.name]

    return kept(version, _key(wanted.name), read)


def _key(name: str) -> str:
    return f"site-list:{name}"


def _read_all() -> dict[str, Any]:
    wanted = [(one, one.parts()) for one in _declared]
    rows = iter(read_together(*(part for _, parts in wanted for part in parts)))
    return {one.name: one.make(*(next(rows) for _ in parts)) for one, parts in wanted}
