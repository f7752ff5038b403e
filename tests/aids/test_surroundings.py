"""The communes around the one that a person chose."""

import pytest

from aids.simulator.answers import find_surroundings
from guide.territories.enums import TerritoryKind
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


def test_thirty_kilometres_are_as_many_in_a_region_of_the_north():
    for code, longitude in (("59350", 3.0), ("59001", 3.41), ("59002", 3.44)):
        TerritoryFactory(kind=TerritoryKind.COMMUNE, code=code, latitude=50.6, longitude=longitude)
    around = find_surroundings("59350", "", "a region of the north").communes
    assert {row.code for row in around} == {"59350", "59001"}  # 29 km; 31 km
