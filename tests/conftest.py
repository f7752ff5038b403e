"""Hostile defaults for every test: no network, warnings are errors, an undefined template variable fails."""

import pytest
from django.db import connection
from django.template import engines

from guide.core.content_version import forget
from tests.factories import DepartmentFactory, EditorFactory, UserFactory


class UndefinedVariable(str):
    """Value of `string_if_invalid` that fails the test instead of printing nothing."""

    def __mod__(self, name):
        raise AssertionError(f"undefined template variable: {name}")


def pytest_collection_modifyitems(config, items):
    """PostgreSQL is asked for the tests that use a database; the others say the same as with SQLite."""
    if connection.vendor == "sqlite":
        return
    without = [item for item in items if not uses_database(item)]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if uses_database(item)]


def uses_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames)


@pytest.fixture(autouse=True)
def undefined_template_variable_fails(request):
    engine = engines["django"].engine
    lenient = request.node.get_closest_marker("admin_templates")
    engine.string_if_invalid = "" if lenient else UndefinedVariable("%s")
    yield
    engine.string_if_invalid = ""


@pytest.fixture(autouse=True)
def new_process():
    """Databases of tests start again at the same content version: nothing kept may outlive a test."""
    forget()


@pytest.fixture
def indre(db):
    return DepartmentFactory(code="36", name="Indre")


@pytest.fixture
def cher(db):
    return DepartmentFactory(code="18", name="Cher")


@pytest.fixture
def editor(indre):
    """A departmental editor, of the Indre."""
    return EditorFactory(territories=[indre])


@pytest.fixture
def signed_in_editor(client, editor):
    client.force_login(editor)
    return editor


@pytest.fixture
def signed_in_administrator(client, db):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def staff(client, signed_in_administrator):
    """The browser of an administrator."""
    return client
