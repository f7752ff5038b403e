"""Recompute the figures that come from the guide's own data: distances to care, structures around."""

from django.core.management.base import BaseCommand

from guide.core.french import plural
from structures.computed.update import compute_indicators


class Command(BaseCommand):
    help = "Recalcule les distances (hôpital, urgences, MSP, CHU) et les structures à 20 km de chaque territoire."

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="write; without it, only report (dry run)")

    def handle(self, **options):
        report = compute_indicators(apply=options["apply"])
        if options["verbosity"] == 0:
            return
        self.stdout.write(
            f"Indicateurs calculés : {plural(report.computed, 'chiffre')}, "
            f"{plural(report.created, 'créé')}, {plural(report.updated, 'modifié')}, "
            f"{plural(report.removed, 'retiré')}."
        )
        if report.definitions:
            self.stdout.write(f"Définitions nouvelles ou modifiées : {', '.join(report.definitions)}.")
        if report.changed and not options["apply"]:
            self.stdout.write("Simulation : rien n'a été écrit. Relancez avec --apply pour écrire.")
