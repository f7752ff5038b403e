import pytest

from tests.factories import TerritoryFactory
from tests.structures.helpers import communes

__all__ = ["communes"]


@pytest.fixture
def la_chatre(indre):
    return TerritoryFactory(code="36046", name="La Châtre", parent=indre, inside=[indre])
