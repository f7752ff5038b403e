"""Who keeps a trace of what imports change: the history registers itself here at start."""

from collections.abc import Callable, Iterable

from django.db.models import Model

# Given a model, the keys of the rows that are about to change, and how the import is called.
Watcher = Callable[[type[Model], Iterable[int], str], None]
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Call `watcher` before each change, inside the transaction of the import."""
    _watchers.append(watcher)


def about_to_change(model: type[Model], keys: Iterable[int], note: str) -> None:
    """Say that an import is about to change these rows; `note` tells editors which one, or why."""
    keys = list(keys)
    for watcher in _watchers:
        watcher(model, keys, note)
