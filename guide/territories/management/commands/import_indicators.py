"""Import figures of places, and the catalogue that defines them."""

from django.core.management.base import CommandError

from guide.core.imports.command import ImportCommand, existing_file
from guide.territories.importers.indicators import CATALOGUE, VALUES, IndicatorsImporter


class Command(ImportCommand):
    help = "Importe des chiffres par territoire (CSV ou XLSX long, classeur APL de la DREES) et leur catalogue."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, nargs="?", help="figures")
        parser.add_argument("--catalogue", type=existing_file, help="definitions of the indicators, CSV or XLSX")

    def handle(self, **options):
        given = {CATALOGUE: options["catalogue"], VALUES: options["file"]}
        files = {name: path for name, path in given.items() if path}
        if not files:
            raise CommandError("Donnez un fichier de chiffres, un catalogue (--catalogue), ou les deux.")
        self.run_importer(IndicatorsImporter(self.delivery(options, files)), options)
