"""`manage.py prepare`: each step when it is needed, and only then."""

import pytest
from django.core.management import call_command

from guide.portal.management.commands import prepare
from tests.factories import RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(settings, tmp_path, monkeypatch):
    """Names of the commands that `prepare` calls, which are not run; the region exists once it is "loaded"."""
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    names = []

    def call(name, **options):
        names.append(name)
        if name == "load_demo" and not prepare.Territory.objects.exists():
            RegionFactory()
        if name == "collectstatic":
            settings.STATIC_ROOT.mkdir()
            (settings.STATIC_ROOT / "staticfiles.json").touch()

    monkeypatch.setattr(prepare, "call_command", call)
    return names


def test_the_first_time_does_everything_and_the_second_nothing_again(called):
    call_command("prepare")
    assert called == ["load_demo", "create_demo_editors", "collectstatic"]
    called.clear()
    call_command("prepare")
    assert called == ["create_demo_editors"]


def test_an_emptied_database_is_filled_again(called):
    call_command("prepare")
    called.clear()
    prepare.Territory.objects.all().delete()
    call_command("prepare")
    assert "load_demo" in called


def test_new_fixtures_are_loaded(called, settings, tmp_path):
    call_command("prepare")
    called.clear()
    prepare.keep("demo", "older")
    call_command("prepare")
    assert "load_demo" in called


def test_a_region_without_demo_starts_empty_and_says_so(called, settings, capsys):
    settings.REGION = "28"
    call_command("prepare")
    assert "load_demo" not in called
    assert "README.md" in capsys.readouterr().out


def test_a_fingerprint_depends_on_names_and_contents(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    file = tmp_path / "a.txt"
    file.write_text("un")
    first = prepare.fingerprint([tmp_path])
    file.write_text("deux")
    second = prepare.fingerprint([tmp_path])
    file.rename(tmp_path / "b.txt")
    assert len({first, second, prepare.fingerprint([tmp_path]), prepare.fingerprint([tmp_path], "mot")}) == 4
