from pathlib import Path

from guide.core.imports.command import ImportCommand
from guide.core.imports.content.importer import FOLDER, ContentImporter
from guide.portal.imports.registry import ELSEWHERE, READERS


class Command(ImportCommand):
    help = "Importe un dossier de contenus (Markdown et listes YAML, voir docs/content.md)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="folder of the content files")

    def handle(self, **options):
        delivery = self.delivery(options, {FOLDER: options["folder"]})
        self.run_importer(ContentImporter(delivery, READERS, ELSEWHERE), options)
