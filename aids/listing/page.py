"""Context of the catalogue, in eight queries at most with the content version."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from aids.listing import panel, places
from aids.listing.facets import Counted, timeless
from aids.listing.rows import Row, row
from aids.listing.search import Search
from aids.listing.wording import chips, describe
from aids.loading import AID_FIELDS, rules_of
from aids.rules import AidRule
from aids.signatures import sight
from aids.vocabulary import TimeState
from guide.publishing.french import plural

EXTRA = ("summary", "funder__code", "funder__name", "verified_on")


def context(search: Search, *, fragment: bool) -> dict[str, Any]:
    """Everything that aids/list.html and its fragment print."""
    matching = Exists(search.queryset().order_by().filter(pk=OuterRef("pk")))
    rows = list(search.words().annotate(is_found=matching).values(*AID_FIELDS, *EXTRA, "is_found"))
    rules = {rule.code: rule for rule in rules_of(rows)}
    search.holders = places.touched(sight(rules.values()).territories)
    states = {code: rule.state_on(search.day) for code, rule in rules.items()}
    shown = [row(values, rules[values["code"]], states[values["code"]]) for values in rows if values["is_found"]]
    counted = [_counted(values, rules[values["code"]], states[values["code"]]) for values in rows]
    funders = search.funders | {values["funder__code"]: values["funder__name"] for values in rows}
    return {
        "fragment": fragment,
        "breadcrumb": [("Aides", "")],
        "path": search.path,
        "description": describe(search, funders),
        "messages": search.messages,
        "chips": chips(search, funders),
        "panel": panel.build(search, counted, funders.items()),
        "is_valid": search.is_valid,
        "rows": shown,
        "heading": _heading(search, len(shown)),
        "closed": _closed(search, rows, rules, states),
        "canonical": search.address(),
        "csv_address": search.address(reverse("aids:csv")),
        "json_address": search.address(reverse("aids:json")),
        "simulator": reverse("aids:simulator"),
        "map_address": "/aides/carte/",
        "feed": reverse("aids:feed"),
        "closed_address": search.address(etat="fermee"),
    }


def _counted(values: dict[str, Any], rule: AidRule, state: TimeState) -> Counted:
    return Counted(timeless(rule), values["form"], values["funder__code"], state)


def _heading(search: Search, total: int) -> str:
    if not search.is_valid:
        return "Aucune liste : cette recherche est à corriger."
    return plural(total, "aide")


def _closed(search: Search, rows, rules: dict[str, AidRule], states: dict[str, TimeState]) -> list[Row]:
    """Closed aids, at the end of the whole catalogue only: filters would say nothing true of them."""
    if search.values or not search.is_valid:
        return []
    return [row(v, rules[v["code"]], states[v["code"]]) for v in rows if states[v["code"]] == TimeState.CLOSED]
