"""The account with which somebody who tries the project opens the administration."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

ACCOUNTS_FILE = "demo-accounts.txt"


class Command(BaseCommand):
    help = "Creates the account `admin` with a random password, kept in var/demo-accounts.txt, if no staff exists."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="create it even in production (HTTPS=1)")

    def handle(self, *args, force=False, **options):
        users = get_user_model().objects
        if users.filter(is_staff=True).exists():
            return
        if settings.HTTPS and not force:
            raise CommandError("Pas de compte de démonstration en production : utilisez manage.py createsuperuser.")
        password = secrets.token_urlsafe(12)
        users.create_superuser("admin", password=password)
        _keep(f"Compte de démonstration : admin, mot de passe : {password}\n")
        self.stdout.write(f"Compte de démonstration créé, gardé dans {settings.VAR_DIR.name}/{ACCOUNTS_FILE}.")


def _keep(text: str) -> None:
    """Write the account for its owner alone, under mode 0600 from the first byte on."""
    path = settings.VAR_DIR / ACCOUNTS_FILE
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
