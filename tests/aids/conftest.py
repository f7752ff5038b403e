"""The aids of the real file, imported once for the tests of a module that ask for them."""

import copy

import pytest

from tests.aids.pages import small_region
from tests.aids.regions import region_with_golden_cases
from tests.shared_rows import loaded_for_the_module


@pytest.fixture(scope="module")
def loaded_region(django_db_setup, django_db_blocker):
    with loaded_for_the_module(django_db_blocker, small_region) as places:
        yield places


@pytest.fixture
def region(loaded_region, db):
    """The places of the small region by code. Every test of a module that uses it finds these rows."""
    return copy.deepcopy(loaded_region)


@pytest.fixture(scope="module")
def loaded_golden_region(django_db_setup, django_db_blocker):
    with loaded_for_the_module(django_db_blocker, region_with_golden_cases):
        yield


@pytest.fixture
def golden_region(loaded_golden_region, db):
    """The aids of the region with their golden cases. Every test of a module that uses it finds these rows."""
