"""Import communes with contours, EPCI and bassins de vie, and all places made from them."""

from django.core.management.base import CommandError

from guide.core.imports.command import ImportCommand, existing_file
from guide.territories.importers.territories import BASSINS, COMMUNES, EPCI, TerritoriesImporter


class Command(ImportCommand):
    help = "Importe les communes (geo.api.gouv.fr), les EPCI et les bassins de vie (INSEE) de la région REGION."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--communes", type=existing_file, help="GeoJSON of geo.api.gouv.fr with contours, or .gz")
        parser.add_argument("--epci", type=existing_file, help="JSON list of the EPCI of geo.api.gouv.fr")
        parser.add_argument("--bassins", type=existing_file, help="INSEE's table of bassins de vie, CSV or XLSX")

    def handle(self, **options):
        files = {name: options[name] for name in (COMMUNES, EPCI, BASSINS) if options[name]}
        if not files:
            raise CommandError("Donnez au moins un fichier : --communes, --epci ou --bassins.")
        self.run_importer(TerritoriesImporter(self.delivery(options, files)), options)
