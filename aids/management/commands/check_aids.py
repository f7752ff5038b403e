"""`manage.py check_aids aids.json`: the golden cases whose verdict a file of aids would change. Writes nothing."""

from itertools import groupby

from django.core.management.base import BaseCommand, CommandError

from aids.exchange.importer import effects
from aids.models import GoldenCase
from guide.core.french import plural
from guide.core.imports.command import existing_file
from guide.core.imports.contract import Delivery, FileRefused


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
        try:
            differences = effects(Delivery({"aids": path}))
        except FileRefused as refusal:
            raise CommandError(f"Livraison refusée : {refusal.message}") from refusal
        cases = len({found.case for found in differences})
        self.stdout.write(f"{plural(cases, 'cas type change', 'cas types changent')} de verdict.")
        return differences
