from django.core.management.base import BaseCommand

from guide.portal.imports import jobs
from guide.portal.imports.running import APPLY, PREVIEW, run


class Command(BaseCommand):
    help = "Lit ou écrit un fichier déposé dans l'administration. Lancée par le site, pas à la main."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("step", choices=[PREVIEW, APPLY])

    def handle(self, **options):
        run(jobs.load(options["name"]), options["step"])
