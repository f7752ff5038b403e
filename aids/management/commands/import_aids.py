from aids.exchange.importer import AidsImporter
from guide.core.imports.command import FileImportCommand


class Command(FileImportCommand):
    help = "Import aids from a JSON file (dry run without --apply). Territories must be loaded first."
    importer = AidsImporter
    file = "aids"
    says = "JSON file, plain or .gz; see docs/aids-format.md"
