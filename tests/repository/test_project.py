"""The project's own consistency: settings table, migrations, names, network."""

import re
import socket

import pytest
from django.apps import apps
from django.core.management import call_command
from pytest_socket import SocketConnectBlockedError

from tests.repository.tree import text

OWN = ("guide.", "structures", "aids")


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith(OWN)]


def test_the_readme_lists_exactly_the_settings_that_are_read():
    read = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", text("guide/settings.py")))
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", text("README.md"), re.MULTILINE))
    assert read == table


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_verbose_names_begin_with_a_small_letter_or_an_acronym():
    for model in own_models():
        names = [model._meta.verbose_name, model._meta.verbose_name_plural]
        names += [field.verbose_name for field in model._meta.get_fields() if hasattr(field, "verbose_name")]
        for name in map(str, names):
            first = name.split()[0]
            assert first.isupper() or name[0].islower(), f"{model.__name__}: {name}"


def test_no_test_reaches_the_network():
    blocked = pytest.raises(SocketConnectBlockedError)
    with pytest.warns(UserWarning, match="192.0.2.1"), socket.socket() as outside, blocked:
        outside.connect(("192.0.2.1", 80))
