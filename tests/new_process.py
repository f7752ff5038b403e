"""A process that has just begun: nothing in the cache, nothing in the memories of modules."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aids.simulator import surroundings
from guide.core.kept import forget

MOST_QUERIES = 30  # of the first page of a new process, whatever the page and the number of rows


def begin() -> None:
    """Forget what pages keep between requests, wherever they keep it."""
    forget()
    surroundings._memory.clear()
    surroundings._region.cache_clear()


def first_queries(client, address: str) -> list[str]:
    """The queries of the first page of a new process, which must be found."""
    begin()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return [query["sql"] for query in captured]
