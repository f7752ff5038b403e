"""The account with which somebody who tries the project opens the administration."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management.base import BaseCommand, CommandError

ACCOUNTS_FILE = "demo-accounts.txt"
NAME = "admin"


class Command(BaseCommand):
    help = "Creates the account `admin` with a random password, kept in var/demo-accounts.txt, if no staff exists."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="create it even in production (HTTPS=1)")

    def handle(self, *args, force=False, **options):
        users = get_user_model().objects
        kept = settings.VAR_DIR / ACCOUNTS_FILE
        if not users.filter(is_staff=True).exists():
            if settings.HTTPS and not force:
                raise CommandError("Pas de compte de démonstration en production : manage.py createsuperuser.")
            password = secrets.token_urlsafe(12)
            users.create_superuser(NAME, password=password)
            _write(kept, password)
        password = kept.read_text().strip() if kept.is_file() else ""
        if password and authenticate(username=NAME, password=password):
            self.stdout.write(f"Compte de démonstration : {NAME}, mot de passe : {password} (gardé dans {kept}).")


def _write(path: Path, password: str) -> None:
    """Write the password for its owner alone, under mode 0600 from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password + "\n")
