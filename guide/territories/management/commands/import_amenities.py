from guide.core.imports.command import FileImportCommand
from guide.territories.importers.facts import AmenitiesImporter


class Command(FileImportCommand):
    help = "Importe des lieux de vie (gares, lycées, musées, scènes, parcs…), CSV ou XLSX."
    importer = AmenitiesImporter
    says = "list of places"
