"""After a large import, PostgreSQL counts its tables again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide.core.imports import statistics

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("written", "asked"), [(statistics.LARGE - 1, False), (statistics.LARGE, True)])
def test_tables_are_counted_after_a_large_import_on_postgresql_alone(written, asked):
    with CaptureQueriesContext(connection) as captured:
        statistics.refresh(written)
    analysed = [query["sql"] for query in captured] == ["ANALYZE"]
    assert analysed is (asked and connection.vendor == "postgresql")
