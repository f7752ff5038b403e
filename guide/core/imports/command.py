"""Base of the import commands: dry run by default, `--apply`, progress, report."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guide.core.enums import ImportOutcome
from guide.core.french import number
from guide.core.imports.contract import Delivery, Importer
from guide.core.imports.engine import report_lines, run_import
from guide.core.imports.tables import ROWS


class ImportCommand(BaseCommand):
    """A command that runs one importer over the files named on its command line."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="write; without it, only report (dry run)")
        parser.add_argument("--accept-fewer", action="store_true", help="accept far fewer rows than last time")
        parser.add_argument("--source", default="", help="publisher and data set, as shown on the pages")
        parser.add_argument("--source-url", default="", help="where the file was downloaded")
        parser.add_argument("--source-date", default="", help="date of the data: AAAA, AAAA-MM or AAAA-MM-JJ")
        parser.add_argument("--licence", default="Licence Ouverte 2.0", help="licence of the data")

    def delivery(self, options: dict, files: dict[str, Path]) -> Delivery:
        """The delivery that the command line describes."""
        about = {name: options[name] for name in ("source", "source_url", "source_date", "licence")}
        return Delivery(files=files, **about)

    def run_importer(self, importer: Importer, options: dict) -> None:
        """Run, print the report, and fail with the reason when the delivery is refused."""
        run, report = run_import(
            importer,
            apply=options["apply"],
            accept_fewer=options["accept_fewer"],
            progress=self._progress if options["verbosity"] > 0 else lambda rows: None,
        )
        if options["verbosity"] > 0:
            self.stdout.write(f"{importer.label} : {importer.delivery.file_names}")
            self.stdout.write("\n".join(report_lines(report)))
        if run.outcome == ImportOutcome.REFUSED:
            raise CommandError(f"Livraison refusée : {run.message}")
        if options["verbosity"] > 0 and not options["apply"]:
            self.stdout.write("Simulation : rien n'a été écrit. Relancez avec --apply pour écrire.")

    def _progress(self, rows: int) -> None:
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"  {number(rows)} lignes lues", file=sys.stderr, end=end, flush=True)


class FileImportCommand(ImportCommand):
    """An import of one file, which the delivery calls `file`; `says` is its line of help."""

    importer: type[Importer]
    file = ROWS
    says = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file, help=self.says)

    def handle(self, *args, **options) -> None:
        self.run_importer(self.importer(self.delivery(options, {self.file: options["file"]})), options)


def existing_file(text: str) -> Path:
    """argparse type: a file that exists."""
    path = Path(text)
    if not path.is_file():
        raise CommandError(f"Fichier introuvable : {path}")
    return path
