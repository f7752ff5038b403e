"""Import what speaks for places, and what to know before coming."""

from guide.core.imports.command import ImportCommand, existing_file
from guide.core.imports.tables import ROWS
from guide.territories.importers.remarks import RemarksImporter


class Command(ImportCommand):
    help = "Importe les atouts et les points à savoir des territoires (YAML), avec les sources posées à côté."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help="list of remarks; sources*.yaml lie beside it")

    def handle(self, **options):
        self.run_importer(RemarksImporter(self.delivery(options, {ROWS: options["file"]})), options)
