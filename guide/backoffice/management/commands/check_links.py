"""Tries the links that published sheets show."""

import time
from collections import Counter

from django.contrib import admin
from django.core.management.base import BaseCommand

from guide.backoffice.enums import LinkState
from guide.backoffice.links import collect, record
from guide.backoffice.links.fetch import Fetcher
from guide.core.french import number

MAX_TRIES = 500
DELAY_SECONDS = 2.0


class Command(BaseCommand):
    help = (
        "Tries the web addresses of published sheets, one request at a time, and keeps what answers. "
        "Run it every day: a link is called dead when it fails two days running."
    )

    stealth_options = ("fetcher",)  # tests alone pass another

    def add_arguments(self, parser):
        parser.add_argument("--max", type=int, default=MAX_TRIES, help=f"links tried at most (default {MAX_TRIES})")
        parser.add_argument(
            "--delay",
            type=float,
            default=DELAY_SECONDS,
            help=f"seconds between two requests to one site (default {DELAY_SECONDS})",
        )

    def handle(self, *args, fetcher: Fetcher | None = None, **options):
        fetcher, states = fetcher or Fetcher(), Counter()
        known = collect.refresh(admin.site)
        asked: dict[str, float] = {}
        for link in record.by_turns(record.due(options["max"])):
            _wait(asked, record.host_of(link.url), options["delay"])
            record.record(link=link, answer=fetcher.try_address(link.url))
            states[link.state] += 1
        if options["verbosity"] > 0:
            tried = ", ".join(
                f"{LinkState(state).label}\u00a0: {number(count)}" for state, count in states.most_common()
            )
            self.stdout.write(f"{number(known)} liens connus, {number(states.total())} essayés. {tried}")


def _wait(asked: dict[str, float], host: str, delay: float) -> None:
    """Sleep until `delay` seconds after the last request to this site."""
    if host in asked:
        time.sleep(max(0.0, asked[host] + delay - time.monotonic()))
    asked[host] = time.monotonic()
