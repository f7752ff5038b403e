"""`manage.py import_aids aids.json --apply`: load a file of aids (docs/aids-format.md)."""

from aids.exchange.importer import AidsImporter
from guide.core.imports.command import ImportCommand, existing_file


class Command(ImportCommand):
    help = "Import aids from a JSON file (dry run without --apply). Territories must be loaded first."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help="JSON file, plain or .gz; see docs/aids-format.md")

    def handle(self, *args, **options):
        self.run_importer(AidsImporter(self.delivery(options, {"aids": options["file"]})), options)
