"""Context of the comparison of places."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse

from aids.catalogue import Catalogue, current
from aids.comparison import aid_rows
from aids.comparison.query import MAX_PLACES, PERSON, PlacesSearch
from aids.conditions.kinds import ConditionKind as Kind
from aids.simulator import form
from aids.simulator.questions import BY_NAME
from guide.core.french import joined, long_date
from guide.territories import comparison
from guide.territories.comparison import Column, ComparedGroup
from guide.territories.identity import KIND_TITLES
from guide.territories.models import Territory
from guide.territories.places import address
from structures.computed.definitions import CODES
from structures.structures_of_place import care_groups

MAX_SUGGESTIONS = 8


def head(query: PlacesSearch) -> dict[str, str]:
    """What the head of the page prints."""
    names = joined(place.territory.name for place in query.found)
    return {"names": names, "canonical": query.comparing(query.slugs)}


def context(query: PlacesSearch, version: str) -> dict[str, Any]:
    """Everything that territories/_compare.html prints at a content version."""
    answers = query.answers
    shown: dict[str, Any] = {
        "breadcrumb": [("Territoires", reverse("territories:index")), ("Comparer", "")],
        "path": query.path,
        "messages": query.messages,
        "choices": query.choices,
        "fields": [form.field(BY_NAME[name], answers) for name in PERSON],
        "slugs": query.slugs,
        "places": [place.held for place in query.found],
        "person": [(name, value) for name in PERSON for value in answers.values.get(name, ())],
        "can_add": len(query.found) < MAX_PLACES,
        "reset": query.path,
        "profile": next(iter(answers.values.get(Kind.PROFILE.value, ())), ""),
        "heads": [],
        "groups": [],
        "sources": [],
        "suggestions": [],
        "simulator_links": [],
        "names": head(query)["names"],
    }
    if not query.found or query.choices:
        return shown
    compared = comparison.columns(query.found)
    catalogue = current(version)
    sources, groups = _groups(query, compared, catalogue)
    return shown | {
        "heads": _heads(query),
        "groups": [group for group in groups if group.rows],
        "sources": sources,
        "suggestions": _suggestions(query) if shown["can_add"] else [],
        "simulator_links": aid_rows.simulator_links(compared, answers) if answers.is_asked else [],
    }


def _groups(
    query: PlacesSearch, compared: Sequence[Column], catalogue: Catalogue
) -> tuple[list[dict], list[ComparedGroup]]:
    figures = comparison.read_figures(compared)
    places = aid_rows.communes_of(compared, catalogue, query.answers.day)
    groups = [comparison.identity_group(compared)]
    if query.answers.is_asked:
        groups.append(aid_rows.aid_group(compared, places, catalogue, query.answers))
    groups += care_groups(compared, figures)
    groups.append(aid_rows.zoning_group(compared, places, long_date(query.answers.day)))
    groups.append(comparison.life_group(compared))
    groups += comparison.indicator_groups(compared, figures, CODES)
    groups.append(comparison.remark_group(compared, figures))
    return figures.sources.listed(), groups


def _heads(query: PlacesSearch) -> list[dict[str, str]]:
    return [
        {
            "name": place.territory.name,
            "kind": KIND_TITLES[place.territory.kind],
            "href": address(place.territory.slug),
            "without": query.comparing([slug for slug in query.slugs if slug != place.territory.slug]),
        }
        for place in query.found
    ]


def _suggestions(query: PlacesSearch) -> list[tuple[str, str]]:
    """(name, address with it added) of the most populated neighbours of the places."""
    keys = [place.territory.pk for place in query.found]
    links = Territory.neighbours.through.objects.filter(from_territory__in=keys).values("to_territory")
    around = Territory.objects.live().filter(pk__in=links).exclude(pk__in=keys)
    rows = around.order_by(F("population").desc(nulls_last=True), "code").values_list("name", "kind", "slug")
    return [
        (f"{name} ({KIND_TITLES[kind].lower()})", query.comparing([*query.slugs, slug]))
        for name, kind, slug in rows[:MAX_SUGGESTIONS]
    ]
