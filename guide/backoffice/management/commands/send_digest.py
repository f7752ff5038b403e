"""The weekly mail of the editors."""

from django.contrib import admin
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guide.backoffice.upkeep import digest


class Command(BaseCommand):
    help = (
        "Sends each editor who has an address the list of what waits for them. One mail a week for each, none when "
        "nothing waits; run again in the same week, it sends only what did not go. A runner of background work does "
        "it on Mondays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="send; without it, only print (dry run)")

    def handle(self, *args, apply=False, verbosity=1, **options):
        week = digest.week_of(timezone.localdate())
        if not apply:
            for user, text in digest.waiting(admin.site, week):
                self.stdout.write(f"--- À\u00a0: {user.email}\n{text}")
            told, failed = "Simulation\u00a0: rien n'a été envoyé. Relancez avec --apply.", []
        else:
            sent, failed = digest.send_all(admin.site, week)
            told = digest.told(sent)
        if verbosity > 0:
            self.stdout.write(told)
        if failed:
            raise CommandError(digest.told_failures(failed))
