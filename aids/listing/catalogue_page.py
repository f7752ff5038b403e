"""Context of the catalogue."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from aids.listing import searched_place
from aids.listing.facet_counts import Counted, Counting
from aids.listing.filters import FILTERS
from aids.listing.rows import catalogue_row
from aids.listing.search import AidSearch
from aids.signatures import sight
from aids.vocabulary import TimeState
from guide.core.french import plural
from guide.core.search import Facet


def context(search: AidSearch) -> dict[str, Any]:
    """Everything that aids/list.html and its fragment print."""
    rules, cards = search.catalogue.rules, search.catalogue.cards
    if search.searched.commune is None:
        search.holders = searched_place.touched(sight(rules).territories)
    found, worded = search.codes()
    states = {rule.code: rule.state_on(search.day) for rule in rules}
    rows = [catalogue_row(cards[rule.code], rule, states[rule.code]) for rule in rules if rule.code in found]
    counted = [Counted(rule, cards[rule.code].funder_code, states[rule.code]) for rule in rules if rule.code in worded]
    return {
        "breadcrumb": [("Aides", "")],
        "path": search.path,
        "description": search.description,
        "messages": search.messages,
        "chips": search.chips,
        "panel": _panel(search, counted),
        "is_valid": search.is_valid,
        "rows": rows,
        "heading": plural(len(rows), "aide")
        if search.is_valid
        else "Aucune liste\u00a0: cette recherche est à corriger.",
        "closed": _closed(search, states),
        "canonical": search.address(),
        "csv_address": search.address(reverse("aids:csv")),
        "json_address": search.address(reverse("aids:json")),
        "simulator": reverse("aids:simulator"),
        "map_address": reverse("aids:map"),
        "feed": reverse("aids:feed"),
        "closed_address": search.address(etat="fermee"),
    }


def _panel(search: AidSearch, aids: Iterable[Counted]) -> dict[str, Any]:
    """The panel, selects first; `aids` are those that hold the words. A commune already says its department."""
    counting = Counting(search, aids)
    asked = [one for one in FILTERS if one.control and not (one.name == "departement" and search.searched.commune)]
    asked.sort(key=lambda one: one.control != "select")
    facets = [
        Facet(one.name, one.label, one.control, search.options(one.name, one.count(counting, one))) for one in asked
    ]
    groups = [facet for facet in facets if facet.options]
    return {"groups": groups, "commune": search.one("commune"), "words": search.one("q")}


def _closed(search: AidSearch, states: dict[str, TimeState]) -> list[dict[str, Any]]:
    """Closed aids, at the end of the whole catalogue only: filters would say nothing true of them."""
    if search.values or not search.is_valid:
        return []
    closed = [rule for rule in search.catalogue.rules if states[rule.code] == TimeState.CLOSED]
    return [catalogue_row(search.catalogue.cards[rule.code], rule, TimeState.CLOSED) for rule in closed]
