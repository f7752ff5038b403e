"""After a large import, PostgreSQL counts its tables again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide.core.imports.engine import LARGE, count_tables_again

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("written", "asked"), [(LARGE - 1, False), (LARGE, True)])
def test_tables_are_counted_after_a_large_import_on_postgresql_alone(written, asked):
    with CaptureQueriesContext(connection) as captured:
        count_tables_again(written)
    analysed = [query["sql"] for query in captured] == ["ANALYZE"]
    assert analysed is (asked and connection.vendor == "postgresql")
