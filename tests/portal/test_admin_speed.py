"""Lists of the administration with many rows: queries counted few and many, searches by index."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from structures.models import Structure
from tests.factories import UserFactory
from tests.portal.test_admin_pages import MAKERS, address

pytestmark = [pytest.mark.django_db, pytest.mark.admin_templates]

MOST_QUERIES = 25
FEW, MANY = 3, 60


def _make(model, count: int) -> int:
    """As many rows as the maker can make, up to `count`."""
    made = 0
    for _ in range(count):
        try:
            with transaction.atomic():
                MAKERS[model]()
        except IntegrityError:  # a maker of one row alone: the list is short by nature
            break
        made += 1
    return made


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_list_asks_as_many_queries_for_many_rows_as_for_few(client, model):
    client.force_login(UserFactory())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(model, "changelist")).status_code == 200
        return len(captured)

    made = _make(model, FEW)
    few = queries()
    if made == FEW:
        _make(model, MANY - FEW)
    assert queries() == few
    assert few <= MOST_QUERIES


@pytest.mark.parametrize("typed", ["ormes", "la chatre", "360000111"])
def test_structures_are_searched_by_index(client, typed):
    """On SQLite the folded text lies in the index of the order, read alone; on PostgreSQL by trigrams."""
    found = Structure.objects.matching(typed).order_by("search_text", "pk").values_list("pk")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = found.explain()
    assert "INDEX" in plan.upper(), plan
