"""The weekly mail of the editors."""

from django.contrib import admin
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guide.backoffice.upkeep import digest


class Command(BaseCommand):
    help = (
        "Sends each editor who has an address the list of what waits for them. One mail a week for each, none when "
        "nothing waits; run again in the same week, it sends only what did not go."
    )

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="send; without it, only print (dry run)")

    def handle(self, *args, apply=False, verbosity=1, **options):
        week = digest.week_of(timezone.localdate())
        sent, failed = 0, []
        for user in digest.readers(week):
            text = digest.text_of(admin.site, user)
            if not text:
                continue
            if not apply:
                self.stdout.write(f"--- À\u00a0: {user.email}\n{text}")
                continue
            try:
                sent += digest.send(user=user, text=text, week=week)
            except OSError as error:
                failed.append(f"{user.get_username()} ({error})")
        if verbosity > 0:
            self.stdout.write(
                f"{sent} courriels envoyés."
                if apply
                else "Simulation\u00a0: rien n'a été envoyé. Relancez avec --apply."
            )
        if failed:
            raise CommandError(f"Courriels non partis\u00a0: {', '.join(failed)}")
