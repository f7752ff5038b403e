from pathlib import Path

from guide.core.imports.command import ImportCommand, existing_file
from structures.importers.lists import ListImporter


class Command(ImportCommand):
    help = "Import a list of structures (CSV or XLSX, see docs/imports-structures.md) that FINESS does not hold."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file)
        parser.add_argument("--list", default="structures", help="name of the list: another list is another source")

    def handle(self, *args, file: Path, **options):
        delivery = self.delivery(options, {"structures": file})
        self.run_importer(ListImporter(delivery, options["list"]), options)
