from aids.exchange.golden import GoldenCasesImporter
from guide.core.imports.command import FileImportCommand


class Command(FileImportCommand):
    help = "Import the golden cases that check_aids and the administration compare (dry run without --apply)."
    importer = GoldenCasesImporter
    file = "golden"
    says = "JSON file, plain or .gz; see docs/aids-format.md"
