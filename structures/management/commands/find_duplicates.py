"""Looks for structures that may be entered twice."""

from django.core.management.base import BaseCommand

from structures.duplicates import find, told


class Command(BaseCommand):
    help = (
        "Looks for pairs of structures that may be the same, for the editors to examine. A runner of background work "
        "does it every night; run it after imports."
    )

    def handle(self, *args, **options):
        found = told(*find())
        if options["verbosity"] > 0:
            self.stdout.write(found)
