"""`manage.py prepare`: what `make run` needs before the server starts; a step without change is skipped."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guide.backoffice.roles import sync_roles
from guide.portal.management.commands.load_demo import find_demo
from guide.territories.models import Territory


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """Fingerprint of files (folders: all their files, by name and content) and of free words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(name: str, value: str) -> bool:
    """Whether the step `name` was last done for this fingerprint."""
    path = _path(name)
    return path.is_file() and path.read_text() == value


def keep(name: str, value: str) -> None:
    """Note that the step `name` is done for this fingerprint."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value)


def _path(name: str) -> Path:
    return settings.VAR_DIR / "stamps" / name


class Command(BaseCommand):
    help = "Migrates the database, loads the demo region, makes the roles, the demo accounts and the static files."

    def handle(self, *args, **options):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self._migrate()
        sync_roles()
        self._load_demo()
        call_command("create_demo_editors", stdout=self.stdout)
        self._collect_static()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Mise à jour de la base de données…")
            call_command("migrate", interactive=False, verbosity=0)

    def _load_demo(self) -> None:
        """Load the demo again when its files or the importers have changed, or when the database is empty."""
        try:
            find_demo()
        except CommandError as error:
            self.stdout.write(f"{error} Importez ses fichiers : voir README.md.")
            return
        root = settings.BASE_DIR
        code = [folder for app in ("guide", "structures") for folder in (root / app).rglob("import*/")]
        code += [root / "aids" / "exchange", root / "structures" / "computed"]
        database = connection.settings_dict
        current = fingerprint(
            [settings.FIXTURES_DIR, *sorted(code)], settings.REGION, str(database["HOST"]), str(database["NAME"])
        )
        if is_current("demo", current) and Territory.objects.exists():
            return
        self.stdout.write("Chargement de la région de démonstration…")
        call_command("load_demo", stdout=self.stdout)
        keep("demo", current)

    def _collect_static(self) -> None:
        """Hash and compress the static files again when they or the packages that bring some have changed."""
        root = settings.BASE_DIR
        current = fingerprint([root / "static", root / "requirements.txt", root / "guide" / "portal"])
        if is_current("static", current) and (settings.STATIC_ROOT / "staticfiles.json").is_file():
            return
        self.stdout.write("Préparation des fichiers statiques…")
        call_command("collectstatic", interactive=False, verbosity=0)
        keep("static", current)
