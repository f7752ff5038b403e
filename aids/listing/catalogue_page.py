"""The catalogue."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from aids.addresses import page_of
from aids.amounts import short_amount
from aids.eligibility import sight
from aids.listing.filters import FILTERS, Counted, Counting
from aids.listing.purposes import grouped, purposes
from aids.listing.search import AidSearch, touched
from aids.rules import AidRule
from aids.sentences import checked
from aids.vocabulary import MARK_BADGES, TIME_BADGES, TimeState
from guide.core.french import plural
from guide.core.http import page_or_fragment, public
from guide.core.search import Facet


@require_safe
@public
def aid_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, or only its results when htmx asks for them (never when it restores its history)."""
    search = AidSearch.read(request)
    context = _context(search, request.content_version)
    return page_or_fragment(request, "aids/list.html", "aids/_results.html", context, search.address())


def _context(search: AidSearch, version: str) -> dict[str, Any]:
    """Everything that aids/list.html and its fragment print."""
    rules = search.catalogue.rules
    if search.searched.commune is None:
        search.holders = touched(sight(rules).territories)
    found, worded = search.codes()
    states = {rule.code: rule.state_on(search.day) for rule in rules}
    groups = grouped([rule for rule in rules if rule.code in found], purposes(version))
    closed = [_row(search, rule, state) for rule in rules if (state := states[rule.code]) == TimeState.CLOSED]
    # Closed aids end the whole catalogue only: filters would say nothing true of them.
    is_whole = search.is_valid and not search.values
    return {
        "breadcrumb": [("Aides", "")],
        "path": search.path,
        "description": search.description,
        "messages": search.messages,
        "chips": search.chips,
        "panel": _panel(search, worded, states),
        "is_valid": search.is_valid,
        "groups": [(purpose, [_row(search, rule, states[rule.code]) for rule in among]) for purpose, among in groups],
        "heading": plural(len(found), "aide")
        if search.is_valid
        else "Aucune liste\u00a0: cette recherche est à corriger.",
        "closed": closed if is_whole else [],
        "canonical": search.address(),
        "csv_address": search.address(reverse("aids:csv")),
        "json_address": search.address(reverse("aids:json")),
        "simulator": reverse("aids:simulator"),
        "map_address": reverse("aids:map"),
        "feed": reverse("aids:feed"),
        "closed_address": search.address(etat="fermee"),
    }


def _row(search: AidSearch, rule: AidRule, state: TimeState) -> dict[str, Any]:
    """An aid as aids/_rows.html prints it."""
    sheet = search.catalogue.sheets[rule.code]
    return {
        "href": page_of(rule.code),
        "name": rule.name,
        "funder": sheet.funder,
        "form": rule.form.label,
        # That it is open, most are: the page says it once.
        "badges": [*([] if state == TimeState.OPEN else [TIME_BADGES[state]]), *MARK_BADGES[rule.mark]],
        "summary": sheet.summary,
        "amount": short_amount(rule.cases),
        "checked": checked(sheet.verified_on) if sheet.verified_on else "",
        "picto": rule.form,
    }


def _panel(search: AidSearch, worded: set[str], states: Mapping[str, TimeState]) -> dict[str, Any]:
    """The panel, selects first, counted over the aids that hold the words. A commune already says its department."""
    counting = Counting(
        search,
        [
            Counted(rule, search.catalogue.sheets[rule.code].funder_code, states[rule.code])
            for rule in search.catalogue.rules
            if rule.code in worded
        ],
    )
    asked = [one for one in FILTERS if one.control and not (one.name == "departement" and search.searched.commune)]
    asked.sort(key=lambda one: one.control != "select")
    facets = [
        Facet(one.name, one.label, one.control, search.options(one.name, one.count(counting, one))) for one in asked
    ]
    groups = [facet for facet in facets if facet.options]
    return {"groups": groups, "commune": search.one("commune"), "words": search.one("q")}
