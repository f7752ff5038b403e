import resource

from django.core.management.base import BaseCommand

from guide.portal.imports import jobs
from guide.portal.imports.running import APPLY, PREVIEW, run

MAX_MEMORY = 2 << 30  # bytes; the largest of the national files takes a quarter of it


class Command(BaseCommand):
    help = "Lit ou écrit un fichier déposé dans l'administration. Lancée par le site, pas à la main."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("step", choices=[PREVIEW, APPLY])

    def handle(self, **options):
        # What a hostile file makes the libraries hold stops this process, not the machine.
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
        run(jobs.load(options["name"]), options["step"])
