"""What /carte/ weighs once compressed: limits of the project, whole page with its map and its data."""

import gzip

import pytest

from tests.browser.region import make_region

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE_LIMIT = 150_000
OUR_SCRIPTS_LIMIT = 17_000


def test_page_with_its_map_stays_within_its_budget(page, live_server, traffic):
    make_region()
    page.goto(f"{live_server.url}/carte/")
    page.locator("[data-map-frame][data-ready]").wait_for()
    sizes = {request.url: len(gzip.compress(request.response().body(), 6)) for request in traffic.requests}
    assert sum(sizes.values()) <= PAGE_LIMIT, sizes
    assert sum(size for url, size in sizes.items() if "/static/js/" in url) <= OUR_SCRIPTS_LIMIT
    assert len(sizes) == len(traffic.requests)
