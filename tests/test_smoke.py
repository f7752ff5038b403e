import pytest

from tests.factories import StructureFactory


@pytest.mark.django_db
def test_factories_make_consistent_objects():
    assert StructureFactory().is_approximate
