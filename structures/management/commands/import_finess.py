from pathlib import Path

from guide.core.imports.command import ImportCommand, existing_file
from structures.importers.finess import FinessImporter


class Command(ImportCommand):
    help = "Import a FINESS extract of data.gouv.fr: cs1100507, CSV with header, or FINESS+ JSON (gzipped or not)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file)

    def handle(self, *args, file: Path, **options):
        self.run_importer(FinessImporter(self.delivery(options, {"structures": file})), options)
