"""A runner of background work."""

import os
import resource
import signal
import sys
import time
from threading import Thread

from django.core.management.base import BaseCommand

from guide.core.background import runner

MAX_MEMORY = 2 << 30  # bytes; the largest of the national files takes a quarter of it


class Command(BaseCommand):
    help = (
        "Does the background work: uploaded files, links, duplicates, weekly mails. As many may run as you like, on "
        "any machine that reaches the database. SIGTERM and Ctrl-C stop it; what it was doing is done by another."
    )

    def add_arguments(self, parser):
        parser.add_argument("--until-idle", action="store_true", help="stop as soon as nothing is due")
        parser.add_argument("--beside", type=int, metavar="PID", help="stop when PID, which began this process, ends")

    def handle(self, *, until_idle=False, beside=None, **options):
        # What a hostile file makes the libraries hold stops its import, not the machine.
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        if beside:
            Thread(target=_watch, args=(beside,), daemon=True).start()
        runner.run(until_idle=until_idle)


def _stop(number, frame) -> None:
    """End the work in the middle, once: a second signal would disturb the giving back."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)
    sys.exit()


def _watch(parent: int) -> None:
    """Stop this process once it has been orphaned, however its parent ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
