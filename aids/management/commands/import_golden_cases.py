"""`manage.py import_golden_cases golden.json --apply`: load the golden cases (docs/aids-format.md)."""

from aids.exchange.golden import GoldenCasesImporter
from guide.core.imports.command import ImportCommand, existing_file


class Command(ImportCommand):
    help = "Import the golden cases that check_aids and the administration compare (dry run without --apply)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help="JSON file, plain or .gz; see docs/aids-format.md")

    def handle(self, *args, **options):
        self.run_importer(GoldenCasesImporter(self.delivery(options, {"golden": options["file"]})), options)
