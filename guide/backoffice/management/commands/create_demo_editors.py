"""The accounts with which somebody who tries the project opens the administration: one for each role."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from guide.backoffice.access import Role
from guide.backoffice.models import Perimeter
from guide.backoffice.roles import sync_roles
from guide.territories.models import Territory

ACCOUNTS_FILE = "demo-accounts.txt"
# The department of the demo region whose pages are the richest; in another region, its first one.
DEPARTMENT = "36"
ACCOUNTS = {
    "admin": Role.ADMINISTRATOR,
    "region": Role.REGION,
    "departement": Role.DEPARTMENT,
    "contributeur": Role.CONTRIBUTOR,
}
LOCAL = (Role.DEPARTMENT, Role.CONTRIBUTOR)


class Command(BaseCommand):
    help = (
        "Creates one account for each role with a random password, kept in var/demo-accounts.txt, "
        "where no staff exists; adds those that an older version did not make."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="create them even in production (HTTPS=1)")

    def handle(self, *args, force=False, **options):
        users = get_user_model().objects
        kept = settings.VAR_DIR / ACCOUNTS_FILE
        passwords = _read(kept)
        if passwords or not users.filter(is_staff=True).exists():
            if settings.HTTPS and not force:
                raise CommandError("Pas de compte de démonstration en production : manage.py createsuperuser.")
            passwords = _complete(passwords)
            _write(kept, passwords)
        found = {user.username: user for user in users.filter(username__in=passwords)}
        for name, password in passwords.items():
            if name in found and found[name].check_password(password):
                about = _about(found[name], ACCOUNTS[name])
                self.stdout.write(f"Compte de démonstration : {name}, mot de passe : {password} ({about}).")


@transaction.atomic
def _complete(passwords: dict[str, str]) -> dict[str, str]:
    """Make the accounts that lack; returns every name with its password.

    A new database gets all of them again, with the passwords kept; elsewhere one that somebody deleted stays so.
    """
    sync_roles()
    users = get_user_model().objects
    there = set(users.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    known = set(passwords) if users.filter(is_staff=True).exists() else set()
    made = {
        name: passwords.get(name) or secrets.token_urlsafe(12)
        for name in ACCOUNTS
        if name not in there and name not in known
    }
    for name, password in made.items():
        role = ACCOUNTS[name]
        make = users.create_superuser if role == Role.ADMINISTRATOR else users.create_user
        user = make(name, password=password, is_staff=True)
        user.groups.add(Group.objects.get(name=role.label))
        if role in LOCAL and (department := _department()):
            Perimeter.objects.create(user=user, territory=department)
    return passwords | made


def _department():
    """The department that the local accounts look after, or None where no region is loaded."""
    departments = Territory.objects.filter(kind="department").order_by("code")
    return departments.filter(code=DEPARTMENT).first() or departments.first()


def _about(user, role: Role) -> str:
    places = ", ".join(user.perimeters.values_list("territory__name", flat=True))
    return f"{role.label.lower()}, {places}" if places else role.label.lower()


def _read(path: Path) -> dict[str, str]:
    """Passwords by name; a file of one password is that of the only account that there was once."""
    lines = path.read_text().split() if path.is_file() else []
    pairs = [line.partition(":") for line in lines]
    return {(name if sep else "admin"): (password if sep else name) for name, sep, password in pairs}


def _write(path: Path, passwords: dict[str, str]) -> None:
    """Write the passwords for their owner alone, under mode 0600 from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}:{password}\n" for name, password in passwords.items())
