"""The filter panel of the catalogue: every choice with its state and its count, ready to print."""

from collections.abc import Iterable
from typing import NamedTuple

from aids.listing.counting import Counting
from aids.listing.facets import Counted
from aids.listing.filters import FILTERS
from aids.listing.search import AidSearch
from guide.core.search import Facet


class Panel(NamedTuple):
    """Everything that the panel prints."""

    groups: list[Facet]
    commune: str
    words: str


def build(search: AidSearch, aids: Iterable[Counted]) -> Panel:
    """The panel, selects first; `aids` are those that hold the words. A commune already says its department."""
    counting = Counting(search, aids)
    asked = [one for one in FILTERS if one.control and not (one.name == "departement" and search.places.commune)]
    asked.sort(key=lambda one: one.control != "select")
    facets = [
        Facet(one.name, one.label, one.control, search.options(one.name, one.count(counting, one))) for one in asked
    ]
    return Panel([facet for facet in facets if facet.options], search.one("commune"), search.one("q"))
