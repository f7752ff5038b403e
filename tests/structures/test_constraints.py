"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from structures.models import Structure
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "half",
    [
        {"latitude": None},
        {"longitude": None},
        {"coordinate_source": ""},
        {"latitude": None, "longitude": None},
        {"latitude": 91},
        {"longitude": -181},
    ],
)
def test_half_a_position_is_refused(half):
    structure = StructureFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Structure.objects.filter(pk=structure.pk).update(**half)


def test_a_closure_before_the_opening_is_refused():
    structure = StructureFactory(opened_on="2024-01-02")
    with pytest.raises(IntegrityError), transaction.atomic():
        Structure.objects.filter(pk=structure.pk).update(closed_on="2024-01-01")


def test_no_position_at_all_is_allowed():
    structure = StructureFactory()
    Structure.objects.filter(pk=structure.pk).update(latitude=None, longitude=None, coordinate_source="")
    structure.refresh_from_db()
    assert structure.latitude is None
