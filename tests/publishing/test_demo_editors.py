import stat

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_the_demo_account_is_made_once_and_its_password_kept_for_the_owner(var, capsys):
    call_command("create_demo_editors")
    kept = var / "demo-accounts.txt"
    password = kept.read_text().strip()
    assert authenticate(username="admin", password=password).is_superuser
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    capsys.readouterr()
    call_command("create_demo_editors")
    assert get_user_model().objects.count() == 1
    assert password in capsys.readouterr().out


def test_no_demo_account_where_staff_exists(var, capsys):
    UserFactory()
    call_command("create_demo_editors")
    assert get_user_model().objects.count() == 1
    assert not list(var.iterdir())


def test_a_password_changed_since_is_not_announced(var, capsys):
    call_command("create_demo_editors")
    user = get_user_model().objects.get()
    user.set_password("autre")
    user.save()
    capsys.readouterr()
    call_command("create_demo_editors")
    assert not capsys.readouterr().out


def test_no_demo_account_in_production(settings, var):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="production"):
        call_command("create_demo_editors")
    call_command("create_demo_editors", force=True)
    assert get_user_model().objects.count() == 1
