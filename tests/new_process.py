"""A process that has just begun: nothing is kept yet."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from guide.core.content_version import forget

MOST_QUERIES = 30  # of the first page of a new process, whatever the page and the number of rows


def count_queries(act: Callable[[], object]) -> int:
    """How many queries it asks."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def first_queries(client, address: str) -> list[str]:
    """The queries of the first page of a new process, which must be found."""
    forget()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return [query["sql"] for query in captured]
