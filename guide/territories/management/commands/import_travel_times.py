from guide.core.imports.command import FileImportCommand
from guide.territories.importers.facts import TravelTimesImporter


class Command(FileImportCommand):
    help = "Importe des temps de trajet au départ des communes, CSV ou XLSX."
    importer = TravelTimesImporter
    says = "list of travel times"
