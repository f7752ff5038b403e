from guide.core.imports.command import FileImportCommand
from guide.territories.importers.facts import RemarksImporter


class Command(FileImportCommand):
    help = "Importe les atouts et les points à savoir des territoires (YAML), avec les sources posées à côté."
    importer = RemarksImporter
    says = "list of remarks; sources*.yaml lie beside it"
