"""Tries the links that published sheets show."""

from django.contrib import admin
from django.core.management.base import BaseCommand

from guide.backoffice.upkeep import links
from guide.backoffice.upkeep.fetch import Fetcher


class Command(BaseCommand):
    help = (
        "Tries the web addresses of published sheets, one request at a time, and keeps what answers. "
        "A runner of background work does it every night: a link is called dead when it fails two days running."
    )

    stealth_options = ("fetcher",)  # tests alone pass another

    def add_arguments(self, parser):
        limit, delay = links.MAX_TRIES, links.DELAY_SECONDS
        parser.add_argument("--max", type=int, default=limit, help=f"links tried at most (default {limit})")
        parser.add_argument(
            "--delay", type=float, default=delay, help=f"seconds between two requests to one site (default {delay})"
        )

    def handle(self, *args, fetcher: Fetcher | None = None, **options):
        tally = links.run(admin.site, fetcher=fetcher, limit=options["max"], delay=options["delay"])
        if options["verbosity"] > 0:
            self.stdout.write(tally.told())
