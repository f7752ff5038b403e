"""`manage.py export_aids -o aids.json`: write the aids in the format that import_aids reads."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from aids.exchange.rows import export
from aids.models import Aid


class Command(BaseCommand):
    help = "Export the aids of one collection as JSON, on standard output or in a file."

    def add_arguments(self, parser):
        parser.add_argument("collection", help="name of the collection, as in its file")
        parser.add_argument("-o", "--output", type=Path, help="file to write; standard output without it")

    def handle(self, *args, **options):
        aids = Aid.objects.filter(collection=options["collection"])
        if not aids.exists():
            raise CommandError(f"Aucune aide dans la collection « {options['collection']} ».")
        text = json.dumps(export(aids, options["collection"]), ensure_ascii=False, indent=1) + "\n"
        if options["output"]:
            options["output"].write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
