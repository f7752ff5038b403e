import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guide.core.enums import ImportOutcome
from guide.core.french import plural
from guide.core.imports.engine import LABELS, run_import
from guide.portal.demo import UnknownRegion, find
from structures.actions import replace_notes
from structures.computed.update import compute_indicators


class Command(BaseCommand):
    help = "Load the demo of the region REGION, with the importers that staff use; running it again changes nothing."

    def handle(self, *args, **options):
        try:
            demo = find(settings.FIXTURES_DIR, settings.REGION)
        except UnknownRegion as error:
            raise CommandError(str(error)) from None
        start = time.monotonic()
        self._say(options, f"Région {demo.name} ({demo.region})")
        for importer in demo.importers():
            self._run(importer, options)
        changed = replace_notes(demo.completeness)
        self._say(options, f"Avertissements de listes incomplètes : {plural(changed, 'modification')}")
        report = compute_indicators(apply=True)
        self._say(options, f"Indicateurs calculés : {plural(report.computed, 'chiffre')}")
        self._say(options, f"Terminé en {time.monotonic() - start:.0f} s.")

    def _run(self, importer, options) -> None:
        run, report = run_import(importer, apply=True)
        names = importer.delivery.file_names
        if run.outcome == ImportOutcome.REFUSED:
            raise CommandError(f"{importer.label}, {names} : {run.message}")
        counts = report.counts()
        told = ", ".join(f"{count} {LABELS[name]}" for name, count in counts.items() if count)
        self._say(options, f"  {importer.label} ({names}) : {told or 'rien'}")
        for reject in report.rejects[:10]:
            self._say(options, f"    rejet, ligne {reject.line}, {reject.identifier} : {reject.message}")

    def _say(self, options, text: str) -> None:
        if options["verbosity"] > 0:
            self.stdout.write(text)
