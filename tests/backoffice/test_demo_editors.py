import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from guide.backoffice.access import Role
from guide.backoffice.perimeter import reach_of
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = ["admin", "region", "departement", "contributeur"]


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def passwords(var) -> dict[str, str]:
    return dict(line.split(":") for line in (var / "demo-accounts.txt").read_text().split())


def test_one_account_for_each_role_is_made_once_and_its_password_kept_for_the_owner(var, capsys):
    indre = DepartmentFactory(code="36", name="Indre")
    call_command("create_demo_editors")
    kept = passwords(var)
    users = {user.username: user for user in get_user_model().objects.all()}
    assert list(kept) == NAMES
    assert all(users[name].check_password(password) for name, password in kept.items())
    assert [reach_of(users[name]).role for name in NAMES] == list(Role)
    assert reach_of(users["departement"]).territories == (indre.pk,)
    assert users["admin"].is_superuser
    assert not users["region"].is_superuser
    assert stat.S_IMODE((var / "demo-accounts.txt").stat().st_mode) == 0o600
    capsys.readouterr()
    call_command("create_demo_editors")
    assert get_user_model().objects.count() == 4
    printed = capsys.readouterr().out
    assert all(password in printed for password in kept.values())
    assert "(éditeur départemental, Indre)" in printed


def test_the_account_of_an_older_version_is_kept_and_the_others_are_added(var, capsys):
    get_user_model().objects.create_superuser("admin", password="ancien")
    (var / "demo-accounts.txt").write_text("ancien\n")
    call_command("create_demo_editors")
    assert passwords(var)["admin"] == "ancien"
    assert get_user_model().objects.count() == 4


def test_a_new_database_gets_its_accounts_again_with_the_passwords_kept(var, capsys):
    call_command("create_demo_editors")
    kept = passwords(var)
    get_user_model().objects.all().delete()
    call_command("create_demo_editors")
    assert passwords(var) == kept
    users = {user.username: user for user in get_user_model().objects.all()}
    assert all(users[name].check_password(password) for name, password in kept.items())


def test_an_account_that_somebody_deleted_is_not_made_again(var, capsys):
    call_command("create_demo_editors")
    get_user_model().objects.filter(username="contributeur").delete()
    call_command("create_demo_editors")
    assert not get_user_model().objects.filter(username="contributeur").exists()


def test_no_demo_account_where_staff_exists(var, capsys):
    UserFactory()
    call_command("create_demo_editors")
    assert get_user_model().objects.count() == 1
    assert not list(var.iterdir())


def test_a_password_changed_since_is_not_announced(var, capsys):
    call_command("create_demo_editors")
    user = get_user_model().objects.get(username="region")
    user.set_password("autre")
    user.save()
    capsys.readouterr()
    call_command("create_demo_editors")
    assert "region, mot de passe" not in capsys.readouterr().out


def test_no_demo_account_in_production(settings, var):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="production"):
        call_command("create_demo_editors")
    call_command("create_demo_editors", force=True)
    assert get_user_model().objects.count() == 4
