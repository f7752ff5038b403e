"""`manage.py load_demo`: a demo region is a folder of fixtures/ whose manifest.toml says what to import, in order."""

import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from guide.core.enums import ImportOutcome
from guide.core.french import plural
from guide.core.imports.contract import Delivery, Importer
from guide.core.imports.engine import LABELS, run_import
from guide.portal.imports.registry import KINDS
from structures.actions import replace_notes
from structures.computed.update import compute_indicators

MANIFEST = "manifest.toml"
LICENCE = "Licence Ouverte 2.0"


@dataclass(frozen=True, slots=True)
class Demo:
    """One demo region: its folder and what its manifest says."""

    folder: Path
    region: str
    name: str
    imports: list[dict[str, Any]]
    completeness: list[dict[str, Any]]

    def importers(self) -> Iterator[Importer]:
        for entry in self.imports:
            kind = KINDS.get(entry["importer"])
            if kind is None:
                raise ValueError(f"{self.folder.name}/{MANIFEST} : import inconnu « {entry['importer']} »")
            yield kind.make(self._delivery(entry), entry.get("options", {}), self.region)

    def _delivery(self, entry: Mapping[str, Any]) -> Delivery:
        about = {name: entry.get(name, "") for name in ("source", "source_url", "source_date")}
        files = {name: self.folder / path for name, path in entry["files"].items()}
        return Delivery(files=files, licence=entry.get("licence", LICENCE), **about)


def find_demo() -> Demo:
    """The demo of the region REGION; CommandError lists those available."""
    region = settings.REGION
    demos = {demo.region: demo for demo in map(_read, sorted(settings.FIXTURES_DIR.glob(f"*/{MANIFEST}")))}
    if region not in demos:
        available = ", ".join(f"{demo.region} ({demo.name})" for demo in demos.values()) or "aucune"
        raise CommandError(
            f"Pas de données de démonstration pour la région {region}. Régions disponibles : {available}."
        )
    return demos[region]


def _read(path: Path) -> Demo:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Demo(
        path.parent, content["region"], content["name"], content.get("imports", []), content.get("completeness", [])
    )


class Command(BaseCommand):
    help = "Load the demo of the region REGION, with the importers that staff use; running it again changes nothing."

    def handle(self, *args, **options):
        demo = find_demo()
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
