"""Accounts: administrators make them, and none gives more than it has."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from guide.backoffice.access import Role
from tests.aids.editing import posted
from tests.factories import DepartmentFactory, EditorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]


@pytest.fixture
def administrator(client):
    user = EditorFactory(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def page(user, name="change") -> str:
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def test_an_administrator_gives_a_role_and_a_perimeter(client, administrator):
    indre, agent = DepartmentFactory(code="36", name="Indre"), UserFactory(is_superuser=False)
    role = Group.objects.get(name=Role.DEPARTMENT.label)
    values = posted(client.get(page(agent))) | {"groups": role.pk, "perimeters-TOTAL_FORMS": 1}
    values |= {"perimeters-0-user": agent.pk, "perimeters-0-territory": indre.pk, "_save": "1"}
    response = client.post(page(agent), values)
    assert response.status_code == 302, response.context["errors"]
    assert agent.groups.get() == role
    assert agent.perimeters.get().territory == indre


def test_an_administrator_makes_no_superuser_and_touches_none(client, administrator):
    agent, chief = UserFactory(is_superuser=False), UserFactory()
    shown = client.get(page(agent)).content.decode()
    assert "is_superuser" not in shown
    assert "user_permissions" not in shown
    client.post(page(agent), posted(client.get(page(agent))) | {"is_superuser": "on", "_save": "1"})
    agent.refresh_from_db()
    assert not agent.is_superuser
    for name in ("change", "delete"):
        assert client.get(page(chief, name)).status_code in (302, 403)
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert client.get(password).status_code in (302, 403, 404)
    assert chief.username not in client.get(reverse("admin:auth_user_changelist")).content.decode()


def test_nobody_deletes_their_own_account(client, administrator):
    assert client.post(page(administrator, "delete"), {"post": "yes"}).status_code == 403
    agent = UserFactory(is_superuser=False)
    assert client.post(page(agent, "delete"), {"post": "yes"}).status_code == 302
    assert list(User.objects.all()) == [administrator]


@pytest.mark.parametrize("role", [Role.REGION, Role.DEPARTMENT, Role.CONTRIBUTOR])
def test_editors_do_not_see_the_accounts(client, role):
    client.force_login(EditorFactory(role=role))
    for name in ("auth_user", "auth_group"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_a_new_account_may_enter_and_has_no_role_yet(client, administrator):
    add = reverse("admin:auth_user_add")
    secret = "une-phrase-assez-longue-36"
    response = client.post(add, {"username": "nouvelle", "password1": secret, "password2": secret})
    assert response.status_code == 302, response.context["errors"]
    made = User.objects.get(username="nouvelle")
    assert (made.is_staff, made.groups.count()) == (True, 0)
    assert made.check_password(secret)


def test_an_account_says_nothing_of_how_its_password_is_kept(client, administrator):
    agent = UserFactory(is_superuser=False, password="pbkdf2_sha256$1000$sel$empreinte")
    shown = client.get(page(agent)).content.decode()
    assert "Donner un nouveau mot de passe" in shown
    assert "pbkdf2" not in shown
    assert "salage" not in shown


def test_the_list_of_accounts_says_role_and_perimeter_and_its_export_no_password(client, administrator):
    indre = DepartmentFactory(code="36", name="Indre")
    EditorFactory(territories=[indre], username="agent", password="pbkdf2_sha256$1000$sel$empreinte")
    shown = client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert Role.DEPARTMENT.label in shown
    assert "Indre" in shown
    response = client.get(reverse("admin:auth_user_export", args=["csv"]))
    text = b"".join(response.streaming_content).decode()
    assert "agent" in text
    assert "Indre" in text
    assert "pbkdf2" not in text
