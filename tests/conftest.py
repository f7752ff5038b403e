"""Hostile defaults for every test: no network, warnings are errors, an undefined template variable fails."""

import pytest
from django.template import engines

from guide.core.kept import forget


class UndefinedVariable(str):
    """Value of `string_if_invalid` that fails the test instead of printing nothing."""

    def __mod__(self, name):
        raise AssertionError(f"undefined template variable: {name}")


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
