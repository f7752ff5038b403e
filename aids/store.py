"""The live rules kept in memory for one version of the content: read once, used by every simulation until an edit."""

from functools import lru_cache

from aids.loading import incompatibilities, to_rules
from aids.models import Aid
from aids.rules import AidRule, Incompatibility


@lru_cache(maxsize=2)
def live_rules(version: str) -> tuple[tuple[AidRule, ...], tuple[Incompatibility, ...]]:
    """The rules of the aids that a visitor may see and their incompatibilities, in the order of names.

    `version` is `content_version.current()`, which changes with every write, publication and day: four queries
    the first time, none after. Another process has its own copy; nothing needs to be shared.
    """
    aids = Aid.objects.live()
    return tuple(to_rules(aids)), tuple(incompatibilities(aids))
