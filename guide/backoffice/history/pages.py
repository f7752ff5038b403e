"""What the history page of a sheet prints."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import models

from guide.backoffice.history.differences import Difference, Line, compare, words
from guide.backoffice.history.models import Action, Version
from guide.backoffice.history.restoring import wanted
from guide.backoffice.history.snapshots import Row

PER_PAGE = 20


class Entry(NamedTuple):
    """One change; `lines` say what it changed, `back_to` is the version whose `before` is the sheet that it left."""

    version: Version
    who: str
    what: str
    lines: list[Line]
    back_to: int | None


class Page(NamedTuple):
    """A page of the history, the last change first. `origin` leads to the oldest sheet known, on the last page."""

    entries: list[Entry]
    origin: int | None
    newer: int | None
    older: int | None
    total: int


def history_page(model: type[models.Model], pk: int, now: Row, number: int) -> Page:
    """Page `number` (from 0) of the history of one sheet."""
    versions = Version.objects.of(model, pk).select_related("by")
    total = versions.count()
    last_page = max(0, (total - 1) // PER_PAGE)
    number = min(max(0, number), last_page)
    start = number * PER_PAGE
    found = list(versions[max(0, start - 1) : start + PER_PAGE])
    next_one = found.pop(0) if start else None
    changes = [_differences(model, version, (found[i - 1] if i else next_one), now) for i, version in enumerate(found)]
    lines = _words(changes)
    entries = []
    for rank, version in enumerate(found):
        newer = found[rank - 1] if rank else next_one
        back_to = newer.pk if newer is not None and newer.before is not None else None
        entries.append(Entry(version, who(version), what(version), lines[rank], back_to))
    oldest = found[-1] if found and number == last_page else None
    return Page(
        entries,
        oldest.pk if oldest is not None and oldest.before is not None else None,
        number - 1 if number else None,
        number + 1 if number < last_page else None,
        total,
    )


def _differences(model, version: Version, newer: Version | None, now: Row) -> list[Difference]:
    after = now if newer is None else newer.before
    return compare(model, version.before, after) if version.before is not None and after is not None else []


def _words(changes: Sequence[list[Difference]]) -> list[list[Line]]:
    """All the differences of a page in words, foreign keys read together."""
    flat = iter(words([one for differences in changes for one in differences]))
    return [[next(flat) for _ in differences] for differences in changes]


def who(version: Version) -> str:
    """Name of the person, or what acted in nobody's name."""
    if version.by is not None:
        return version.by.get_full_name() or version.by.get_username()
    return "un import" if version.action == Action.IMPORT else "compte supprimé ou commande"


def what(version: Version) -> str:
    """The action with its note."""
    return f"{version.get_action_display()} ({version.note})" if version.note else version.get_action_display()


def preview(model: type[models.Model], now: Row, row: Row) -> list[Line]:
    """What going back to `row` would change in the sheet as it is now."""
    return words(compare(model, now, wanted(model, now, row)))
