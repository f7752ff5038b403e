"""Import travel times from communes to towns."""

from guide.core.imports.command import ImportCommand, existing_file
from guide.core.imports.tables import ROWS
from guide.territories.importers.life import TravelTimesImporter


class Command(ImportCommand):
    help = "Importe des temps de trajet au départ des communes, CSV ou XLSX."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help="list of travel times")

    def handle(self, **options):
        self.run_importer(TravelTimesImporter(self.delivery(options, {ROWS: options["file"]})), options)
