"""Several reads in one query give what each gives alone."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F

from aids.models import AidAmount, AidCase, AidCondition
from guide.core import content_version, site_lists
from guide.core.together import Part, read_together
from guide.desk.models import ContactBody
from guide.territories.models import Territory
from structures.models import Structure
from tests.aids.factories import AidFactory
from tests.desk.factories import ContactBodyFactory
from tests.factories import StructureFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def alone(part):
    return [tuple(row) for row in part.found.values_list(*part.columns)]


def test_every_type_order_and_join_comes_back_as_from_values_list(django_assert_num_queries):
    row = AidFactory(name='Été « à l\'œuvre » \\ "x"', opens_on=date(2026, 2, 1))
    one = AidCase.objects.get(aid=row)
    AidAmount.objects.create(case=one, kind="forfait", minimum=Decimal("1120.50"), maximum=None, position=2)
    AidAmount.objects.create(case=one, kind="forfait", minimum=Decimal("0.1"), maximum=Decimal("10000"), position=1)
    AidCondition.objects.create(aid=row, role="commune", kind="premiere-installation", expected=False)
    AidCondition.objects.create(aid=row, role="commune", kind="age", minimum=0, after=date(2026, 1, 31))
    ContactBodyFactory(name="B", subjects=["aides"], profiles=[], verified_on=date(2026, 1, 31))
    ContactBodyFactory(name="A", subjects=[], profiles=["interne"])
    for number, people in enumerate((None, 12, 400)):
        TerritoryFactory(population=people, area_km2=1.5 * number or None, bbox=[0.5, 46, 1, 47] if number else None)
    parts = (
        Part(AidCase.objects.order_by("pk", "-amounts__position"), ("aid__opens_on", "aid__name", "amounts__minimum")),
        Part(AidAmount.objects.order_by("position"), ("minimum", "maximum", "until_studies_end", "case")),
        Part(AidCondition.objects.order_by("-pk"), ("expected", "minimum", "after", "text")),
        Part(ContactBody.objects.all(), ("name", "subjects", "profiles", "verified_on")),
        Part(
            Territory.objects.order_by(F("population").desc(nulls_last=True), "pk"),
            ("pk", "population", "area_km2", "bbox", "missing_since"),
        ),
        Part(Territory.objects.none(), ("pk",)),
    )
    wanted = [alone(part) for part in parts]
    with django_assert_num_queries(1):
        found = read_together(*parts)
    assert found == wanted
    assert [list(map(type, row)) for row in found[1]] == [list(map(type, row)) for row in wanted[1]]
    assert str(found[1][0][1]) == "10000.00"


def test_one_part_or_none_at_all():
    place = TerritoryFactory()
    assert read_together(Part(Territory.objects.all(), ("code",))) == [[(place.code,)]]
    assert read_together(Part(Territory.objects.none(), ("code",))) == [[]]


def test_date_and_time_are_refused():
    with pytest.raises(TypeError, match="updated_at"):
        read_together(Part(Structure.objects.all(), ("updated_at",)))


def test_the_lists_of_the_site_are_read_in_one_query_once_per_version(django_assert_num_queries):
    version = content_version.current()
    with django_assert_num_queries(1):
        before = {one.name: site_lists.current(one, version) for one in site_lists._declared}
    assert {"links", "contacts", "notes", "testimonials"} <= before.keys()
    StructureFactory()
    ContactBodyFactory(name="Un guichet")
    with django_assert_num_queries(0):
        assert {one.name: site_lists.current(one, version) for one in site_lists._declared} == before
    content_version.bump()
    contacts = next(one for one in site_lists._declared if one.name == "contacts")
    assert [body.name for body in site_lists.current(contacts, content_version.current())] == ["Un guichet"]
