from guide.core.imports.command import FileImportCommand
from structures.importers.finess import FinessImporter


class Command(FileImportCommand):
    help = "Import a FINESS extract of data.gouv.fr: cs1100507, CSV with header, or FINESS+ JSON (gzipped or not)."
    importer = FinessImporter
    file = "structures"
