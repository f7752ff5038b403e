"""One round of tries: the links that are due, one request at a time, never twice in a row to one site."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.admin import AdminSite

from guide.backoffice.enums import LinkState
from guide.backoffice.links import collect, record
from guide.backoffice.links.fetch import Fetcher
from guide.core.french import number

MAX_TRIES = 500
DELAY_SECONDS = 2.0


@dataclass(slots=True)
class Tally:
    """What came of one round. `cut_short`: some links that were due have been left for later."""

    known: int
    states: Counter = field(default_factory=Counter)
    cut_short: bool = False

    def told(self) -> str:
        tried = ", ".join(
            f"{LinkState(state).label}\u00a0: {number(count)}" for state, count in self.states.most_common()
        )
        return f"{number(self.known)} liens connus, {number(self.states.total())} essayés. {tried}"


def run(
    site: AdminSite,
    *,
    fetcher: Fetcher | None = None,
    limit: int = MAX_TRIES,
    delay: float = DELAY_SECONDS,
    progress: Callable[[int], None] = lambda tried: None,
    give_way: Callable[[], bool] = lambda: False,
) -> Tally:
    """Gather the links, try at most `limit`, with `delay` seconds between two requests to one site.

    Before each try `give_way` says whether to stop here. `fetcher`: tests alone pass another.
    """
    fetcher = fetcher or Fetcher()
    tally = Tally(collect.refresh(site))
    asked: dict[str, float] = {}
    for tried, link in enumerate(record.by_turns(record.due(limit)), start=1):
        if give_way():
            tally.cut_short = True
            break
        _wait(asked, record.host_of(link.url), delay)
        record.record(link=link, answer=fetcher.try_address(link.url))
        tally.states[link.state] += 1
        progress(tried)
    return tally


def _wait(asked: dict[str, float], host: str, delay: float) -> None:
    """Sleep until `delay` seconds after the last request to this site."""
    if host in asked:
        time.sleep(max(0.0, asked[host] + delay - time.monotonic()))
    asked[host] = time.monotonic()
