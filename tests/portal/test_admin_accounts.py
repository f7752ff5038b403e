"""Accounts: administrators make them, and none gives more than it has."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from guide.publishing.access import Role
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
