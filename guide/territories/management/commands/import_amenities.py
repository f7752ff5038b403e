"""Import the places that make daily life: stations, lycées, museums, stages, parks…"""

from guide.core.imports.command import ImportCommand, existing_file
from guide.core.imports.tables import ROWS
from guide.territories.importers.life import AmenitiesImporter


class Command(ImportCommand):
    help = "Importe des lieux de vie (gares, lycées, musées, scènes, parcs…), CSV ou XLSX."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help="list of places")

    def handle(self, **options):
        self.run_importer(AmenitiesImporter(self.delivery(options, {ROWS: options["file"]})), options)
