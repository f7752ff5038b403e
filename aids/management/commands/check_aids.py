"""`manage.py check_aids aids.json`: the golden cases whose verdict a file of aids would change. Writes nothing."""

from itertools import groupby

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from aids.exchange.importer import AidsImporter
from aids.golden_checks import GoldenWatch
from aids.models import GoldenCase
from guide.publishing.enums import ImportOutcome
from guide.publishing.french import plural
from guide.publishing.imports.command import existing_file
from guide.publishing.imports.contract import Delivery
from guide.publishing.imports.engine import run_import


class Command(BaseCommand):
    help = "List the golden cases whose verdict a file of aids would change, before import_aids --apply."

    def add_arguments(self, parser):
        parser.add_argument("file", type=existing_file, help="JSON file, plain or .gz; see docs/aids-format.md")

    def handle(self, *args, **options):
        if not GoldenCase.objects.exists():
            raise CommandError("Aucun cas type : chargez-les d'abord avec import_golden_cases.")
        for title, group in groupby(self._differences(options["file"]), key=lambda found: found.case):
            self.stdout.write(title)
            for found in group:
                self.stdout.write(f"  {found.name} ({found.code})")
                self.stdout.write(f"    avant : {found.before}\n    après : {found.after}")
        self.stdout.write("Vérification : rien n'a été écrit.")

    def _differences(self, path):
        """Import the file, compare, take everything back."""
        with transaction.atomic():
            watch = GoldenWatch()
            run, _ = run_import(AidsImporter(Delivery({"aids": path})), apply=True, accept_fewer=True)
            differences = watch.differences()
            transaction.set_rollback(True)
        if run.outcome == ImportOutcome.REFUSED:
            raise CommandError(f"Livraison refusée : {run.message}")
        cases = len({found.case for found in differences})
        self.stdout.write(f"{plural(cases, 'cas type change', 'cas types changent')} de verdict.")
        return differences
