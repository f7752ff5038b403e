"""Looks for structures that may be entered twice."""

from django.core.management.base import BaseCommand

from guide.core.french import plural
from structures.duplicates.store import find


class Command(BaseCommand):
    help = "Looks for pairs of structures that may be the same, for the editors to examine. Run it after imports."

    def handle(self, *args, **options):
        suspected, new = find()
        if options["verbosity"] > 0:
            pairs = plural(suspected, "paire suspecte", "paires suspectes")
            self.stdout.write(f"{pairs}, dont {plural(new, 'nouvelle')}.")
