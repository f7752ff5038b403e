"""Import one edition of a zoning."""

from argparse import BooleanOptionalAction
from dataclasses import fields
from datetime import date

from django.conf import settings
from django.core.management.base import CommandError

from guide.core.french import fold
from guide.core.imports.command import ImportCommand, existing_file
from guide.territories.enums import Scheme
from guide.territories.importers.codes import KINDS
from guide.territories.importers.zonings import FORMATS, EditionOptions, ZoningsImporter


class Command(ImportCommand):
    help = "Importe une édition d'un zonage (CartoSanté, liste FRR de la DGCL, ou CSV simple)."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=existing_file)
        parser.add_argument("--format", required=True, choices=FORMATS, dest="file_format")
        parser.add_argument("--scheme", default="", choices=Scheme.values, help="needed with --format plain")
        parser.add_argument("--valid-from", required=True, type=day, help="first day in force, AAAA-MM-JJ")
        parser.add_argument("--valid-to", type=day, help="last day in force, AAAA-MM-JJ")
        parser.add_argument("--label", default="", help="name of the edition, as shown on the pages")
        parser.add_argument("--legal-reference", default="", help="the text that decides it")
        parser.add_argument("--date-note", default="", help="what is to be known of the dates, in French")
        parser.add_argument(
            "--exhaustive",
            action=BooleanOptionalAction,
            default=None,
            help="a commune of the scope without a row is known to be outside (default: by format)",
        )
        parser.add_argument("--scope", type=scope, help="where the list speaks, e.g. departement:36; default: REGION")

    def handle(self, **options):
        edition = EditionOptions(
            scope=options["scope"] or ("region", settings.REGION),
            **{field.name: options[field.name] for field in fields(EditionOptions) if field.name != "scope"},
        )
        if not options["source"]:
            raise CommandError("Donnez --source : l'éditeur et le titre du document, montrés sur les pages.")
        try:
            importer = ZoningsImporter(self.delivery(options, {"zonings": options["file"]}), edition)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.run_importer(importer, options)


def day(text: str) -> date:
    """argparse type: a day in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"Date illisible : {text} (attendu : AAAA-MM-JJ).") from None


def scope(text: str) -> tuple[str, str]:
    """argparse type: `kind:code`."""
    kind, _, code = text.partition(":")
    if fold(kind) not in KINDS or not code:
        raise CommandError(f"Périmètre illisible : {text} (attendu : departement:36, epci:…, region:24).")
    return KINDS[fold(kind)].value, code
