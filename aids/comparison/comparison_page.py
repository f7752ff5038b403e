"""The comparison of places: how each is zoned, and what one person can get there."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from aids.amounts import Range, euros
from aids.catalogue import Catalogue, current
from aids.comparison.query import MAX_PLACES, PERSON, PlacesSearch
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Sight, sight
from aids.practice_places import places_of
from aids.prospects import aids_between, may_be_had, prospects
from aids.rules import PracticePlace, ZoningState
from aids.simulator.answers import Answers
from aids.simulator.questions import BY_NAME, question_field
from guide.core.content_version import kept
from guide.core.french import NBSP, UNKNOWN, joined, long_date, plural
from guide.core.http import public
from guide.territories import comparison
from guide.territories.comparison import Cell, Column, ComparedGroup, ComparedRow
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.identity import KIND_TITLES
from guide.territories.models import Territory
from guide.territories.places import address
from guide.territories.zoning_words import OUTSIDE
from guide.territories.zonings import ORDER
from structures.computed.definitions import CODES
from structures.structures_of_place import care_groups

MAX_SUGGESTIONS = 8
ALWAYS = (Scheme.DOCTORS, Scheme.FRR)


@require_safe
@public
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four places side by side. A typed place or a slug of the past leads to the canonical address."""
    query = PlacesSearch.read(request)
    if query.moved:
        return redirect(query.moved, permanent=query.is_permanent)
    context = _head(query) | {"body": _compared(request, query)}
    return render(request, "territories/compare.html", context)


def _compared(request: HttpRequest, query: PlacesSearch) -> SafeString:
    """The body of the page, kept under its canonical address: known places and right answers only.

    A page that says what is wrong is made each time: wrong words have no end, and would fill the cache.
    """

    def body() -> SafeString:
        context = _context(query, request.content_version)
        return render_to_string("territories/_compare.html", context, request)

    if query.messages or query.choices:
        return body()
    address = query.comparing(query.slugs)
    return kept(request.content_version, f"compared:{sha256(address.encode()).hexdigest()}", body)


def _head(query: PlacesSearch) -> dict[str, str]:
    names = joined(place.territory.name for place in query.found)
    return {"names": names, "canonical": query.comparing(query.slugs)}


def _context(query: PlacesSearch, version: str) -> dict[str, Any]:
    """Everything that territories/_compare.html prints at a content version."""
    answers = query.answers
    shown: dict[str, Any] = {
        "breadcrumb": [("Territoires", reverse("territories:index")), ("Comparer", "")],
        "path": query.path,
        "messages": query.messages,
        "choices": query.choices,
        "fields": [question_field(BY_NAME[name], answers) for name in PERSON],
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
        "names": _head(query)["names"],
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
        "simulator_links": _simulator_links(compared, answers) if answers.is_asked else [],
    }


def _groups(
    query: PlacesSearch, compared: Sequence[Column], catalogue: Catalogue
) -> tuple[list[dict], list[ComparedGroup]]:
    figures = comparison.read_figures(compared)
    places = _communes_of(compared, catalogue, query.answers.day)
    groups = [comparison.identity_group(compared)]
    if query.answers.is_asked:
        groups.append(_aid_group(compared, places, catalogue, query.answers))
    groups += care_groups(compared, figures)
    groups.append(_zoning_group(compared, places, long_date(query.answers.day)))
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


def _communes_of(compared: Sequence[Column], catalogue: Catalogue, day) -> dict[int, PracticePlace]:
    """The communes of all the columns as the rules see them, with every zoning, by primary key."""
    communes = {row.pk: row for column in compared for row in column.communes}
    return places_of(list(communes.values()), day, Sight(ORDER, sight(catalogue.rules).territories))


# --- zonings ------------------------------------------------------------------------------------------------------


def _zoning_group(compared: Sequence[Column], found: Mapping[int, PracticePlace], day_words: str) -> ComparedGroup:
    """The zonings of each place; of a wider one, how many of its communes are at each level."""
    rows = []
    for scheme in Scheme:
        cells = [_zoning_cell(column, found, scheme) for column in compared]
        if scheme in ALWAYS or any(cell.text for cell in cells):
            rows.append(ComparedRow(scheme.heading, cells))
    return ComparedGroup(
        "Zonages",
        rows,
        f"Zonages en vigueur le {day_words}{NBSP}; leurs textes, leurs dates et leurs sources sont sur la page de "
        "chaque lieu. Le zonage médecin relève de la santé, FRR de l'impôt.",
    )


def _zoning_cell(column: Column, found: Mapping[int, PracticePlace], scheme: Scheme) -> Cell:
    states = [found[row.pk].zonings.get(scheme.value) for row in column.communes]
    if column.place.territory.kind == TerritoryKind.COMMUNE:
        return Cell(_state(states[0]) if states else "")
    counts: dict[str, int] = {}
    for words in map(_state, states):
        counts[words or UNKNOWN] = counts.get(words or UNKNOWN, 0) + 1
    if not counts or set(counts) == {UNKNOWN}:
        return Cell()
    ordered = sorted(counts.items(), key=lambda item: (item[0] == UNKNOWN, item[0] == OUTSIDE, item[0]))
    return Cell(items=tuple(f"{words}{NBSP}: {plural(count, 'commune')}" for words, count in ordered))


def _state(state: ZoningState | None) -> str:
    """`ZIP`, `ZAC (en partie)`, `hors zonage`; empty when it is not known."""
    if state is None:
        return ""
    whole = [level.heading for level in Level if level in state.levels and level != Level.HZ]
    partial = [f"{level.heading} (en partie)" for level in Level if level in state.partial]
    if whole or partial:
        return ", ".join(whole + partial)
    return OUTSIDE if state.complete else ""


# --- aids ---------------------------------------------------------------------------------------------------------


def _aid_group(
    compared: Sequence[Column], found: Mapping[int, PracticePlace], catalogue: Catalogue, answers: Answers
) -> ComparedGroup:
    """Number of aids and best sum of the person in each place; over the communes of a wider one."""
    person, places = answers.situation(None), found.values()
    there = prospects(catalogue.rules, catalogue.conflicts, person, places, answers.day, may_be_had)
    by_place = dict(zip(found, there, strict=True))
    columns = [[by_place[row.pk] for row in column.communes] for column in compared]
    rows = [
        ComparedRow("Aides sûres", [_count([one.granted for one in found]) for found in columns]),
        ComparedRow("Aides à vérifier", [_count([one.to_check for one in found]) for found in columns]),
        ComparedRow("Meilleure somme sûre", [_range([one.sure for one in found]) for found in columns]),
    ]
    if any(one.best.high > one.sure.high for found in columns for one in found):
        label = "Au mieux, si ce qui reste à vérifier convient"
        rows.append(ComparedRow(label, [_range([one.best for one in found]) for found in columns]))
    return ComparedGroup(
        "Aides pour ce profil",
        rows,
        "Sommes des aides compatibles entre elles, brutes et nettes mêlées, pour comparer des lieux seulement. Les "
        "montants à confirmer n'y sont pas. Une aide est à vérifier tant qu'une réponse ou un classement manque. Le "
        "simulateur donne le détail, les sources et les dates.",
    )


def _count(numbers: Sequence[int]) -> Cell:
    """One number, or its extremes over the communes."""
    if not numbers:
        return Cell()
    low, high = min(numbers), max(numbers)
    return Cell(aids_between(low, high), "" if low == high else "selon la commune")


def _range(sums: Sequence[Range]) -> Cell:
    """One sum, or its extremes over the communes."""
    if not sums:
        return Cell()
    low, high = min(one.low for one in sums), max(one.high for one in sums)
    if not high:
        return Cell("aucune somme à additionner")
    differ = len(set(sums)) > 1
    return Cell(euros(Range(low, high)), "selon la commune" if differ else "")


def _simulator_links(compared: Sequence[Column], answers: Answers) -> list[tuple[str, str]]:
    """(name, address of the simulator) for the communes and departments: the other kinds are no place of practice."""
    base = reverse("aids:simulator")
    names = {TerritoryKind.COMMUNE: "commune", TerritoryKind.DEPARTMENT: "departement"}
    return [
        (column.place.territory.name, answers.address(base, **{names[column.place.territory.kind]: code}))
        for column in compared
        if column.place.territory.kind in names and (code := column.place.territory.code)
    ]
