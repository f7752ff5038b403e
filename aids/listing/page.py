"""Context of the catalogue, in eight queries at most with the content version."""

from typing import Any

from django.urls import reverse

from aids.listing import panel, places
from aids.listing.facets import Counted
from aids.listing.rows import CatalogueRow, row
from aids.listing.search import AidSearch
from aids.signatures import sight
from aids.vocabulary import TimeState
from guide.core.french import plural


def context(search: AidSearch) -> dict[str, Any]:
    """Everything that aids/list.html and its fragment print."""
    if search.places.commune is None:
        search.holders = places.touched(sight(search.catalogue.rules).territories)
    found, worded = search.codes()
    states = {rule.code: rule.state_on(search.day) for rule in search.catalogue.rules}
    shown = [_row(search, rule, states[rule.code]) for rule in search.catalogue.rules if rule.code in found]
    counted = [
        Counted(rule, search.catalogue.cards[rule.code].funder_code, states[rule.code])
        for rule in search.catalogue.rules
        if rule.code in worded
    ]
    return {
        "breadcrumb": [("Aides", "")],
        "path": search.path,
        "description": search.description,
        "messages": search.messages,
        "chips": search.chips,
        "panel": panel.build(search, counted),
        "is_valid": search.is_valid,
        "rows": shown,
        "heading": plural(len(shown), "aide")
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


def _row(search: AidSearch, rule, state: TimeState) -> CatalogueRow:
    return row(search.catalogue.cards[rule.code], rule, state)


def _closed(search: AidSearch, states: dict[str, TimeState]) -> list[CatalogueRow]:
    """Closed aids, at the end of the whole catalogue only: filters would say nothing true of them."""
    if search.values or not search.is_valid:
        return []
    closed = [rule for rule in search.catalogue.rules if states[rule.code] == TimeState.CLOSED]
    return [_row(search, rule, TimeState.CLOSED) for rule in closed]
