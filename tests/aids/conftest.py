"""Each test reads its own database: the rules kept in memory for a version are forgotten."""

import pytest

from aids.store import live_rules


@pytest.fixture(autouse=True)
def forget_live_rules():
    live_rules.cache_clear()
