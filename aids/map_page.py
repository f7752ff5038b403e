"""The map of aids: the questions without the place, the drawing, the legend and the tables."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aids.catalogue import Catalogue, current
from aids.conditions.kinds import PLACE_KINDS
from aids.eligibility import evaluate_all, sight
from aids.practice_places import places_of
from aids.prospects import Class, classes, may_be_had, prospects
from aids.rules import Situation
from aids.simulator.answers import Answers, Surroundings, chips, sentence
from aids.simulator.questions import WHERE, asked, carried, form_fields
from aids.simulator.refinement import lasts_studies
from aids.vocabulary import TimeState
from guide.core.content_version import kept
from guide.core.french import joined, long_date, number, plural
from guide.core.http import public
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.places import COLUMNS, PlaceRow
from guide.territories.positions import project, union, view_box

PATTERN = 260  # side of a pattern in map units: about six pixels on a screen


# What is drawn on the ground of each class, by its rank, in a square of PATTERN: lines of a width, or a dot.
# Lines say a sum that is sure, dots one that hangs on an unknown zoning (aids.prospects).
PATTERNS: dict[int, dict[str, Any]] = {
    2: {"lines": "M0 130h260", "width": 26},
    3: {"lines": "M0 260L260 0M-65 65L65 -65M195 325L325 195", "width": 40},
    4: {"lines": "M0 260L260 0M0 0L260 260", "width": 46},
    5: {"radius": 26},
    6: {"radius": 48},
    7: {"radius": 76},
}


@require_safe
@public
def aid_map(request: HttpRequest) -> HttpResponse:
    """What a profile can get, commune by commune. Answers left empty lead to the address that can be shared."""
    answers = Answers.read(request)
    if answers.is_valid and answers.has_empty:
        return redirect(answers.anywhere().address())
    return render(request, "aids/map.html", _context(answers.anywhere(), request.content_version))


def _context(answers: Answers, version: str) -> dict[str, Any]:
    """Everything that aids/map.html prints at a content version."""
    catalogue = current(version)
    questions = [q for q in asked(catalogue.rules, answers.day) if q.control != "place"]
    nowhere = Surroundings((), None)
    shown = {
        "breadcrumb": [("Aides", reverse("aids:list")), ("Carte", "")],
        "path": answers.path,
        "fields": form_fields(questions, answers, nowhere),
        "carried": carried(answers, questions),
        "errors": answers.messages,
        "canonical": answers.address(),
        "day": long_date(answers.day),
        "is_drawn": not answers.messages,
        "zoning_map": settings.ZONING_MAP_URL,
        "simulator": answers.address(reverse("aids:simulator")),
        "simulator_path": reverse("aids:simulator"),
        "place_kept": answers.pairs(without=WHERE),
    }
    if answers.messages:
        return shown
    words = {
        "sentence": sentence(answers, nowhere),
        "chips": chips(answers, nowhere, {}) if answers.values else [],
    }
    return shown | words | _drawing(answers, catalogue, version)


def _drawing(answers: Answers, catalogue: Catalogue, version: str) -> dict[str, Any]:
    communes, departments = kept(version, "territories of the map of aids", _territories)
    rows = [row for row, _ in communes]
    person = answers.situation(None)
    places = places_of(rows, answers.day, sight(catalogue.rules)).values()
    by_place = prospects(catalogue.rules, catalogue.conflicts, person, places, answers.day)
    legend = classes(by_place)
    rank_of = {prospect: one.rank for one in legend for prospect in one.prospects}
    ranks = [rank_of[prospect] for prospect in by_place]
    sizes = Counter(ranks)
    uncertain = sum(sizes[one.rank] for one in legend if any(p.is_uncertain for p in one.prospects))
    box = union([bbox for _, _, bbox in departments if bbox])
    return {
        "areas": _areas(communes, ranks),
        "outlines": "".join(path for _, path, _ in departments),
        "labels": [
            (*project(row.longitude, row.latitude), row.name) for row, _, _ in departments if row.latitude is not None
        ],
        "view_box": " ".join(map(str, view_box(box, 0.02))) if box else "",
        "pattern": PATTERN,
        "legend": [
            {
                "rank": one.rank,
                "label": one.label,
                "size": plural(sizes[one.rank], "commune"),
                "pattern": PATTERNS.get(one.rank),
            }
            for one in legend
        ],
        "tables": _tables(legend, rows, ranks, [row for row, _, _ in departments]),
        "total": number(len(rows)),
        "unknown": number(uncertain) if uncertain else "",
        "missing": _missing(catalogue, person, answers.day) if uncertain else "",
    }


def _missing(catalogue: Catalogue, person: Situation, day: date) -> str:
    """The answers that would settle most, as the end of "il manque": `votre spécialité et votre mode d'exercice`."""
    verdicts = evaluate_all((rule for rule in catalogue.rules if rule.state_on(day) == TimeState.OPEN), person, day)
    wanted = Counter(kind for verdict in filter(may_be_had, verdicts) for kind in verdict.questions)
    asked = sorted((kind for kind in wanted if kind.declaration.missing), key=lambda kind: -wanted[kind])
    names = [kind.declaration.missing for kind in asked if kind not in PLACE_KINDS]
    if person.study_months_left is None and any(map(lasts_studies, verdicts)):
        names.append("le nombre de mois d'études qui vous restent")
    return joined(names)


def _territories() -> tuple[list[tuple[PlaceRow, str]], list[tuple[PlaceRow, str, list[float] | None]]]:
    """Communes with their path, departments with their path and box."""
    kinds = [TerritoryKind.COMMUNE, TerritoryKind.DEPARTMENT]
    rows = Territory.objects.live().filter(kind__in=kinds).order_by("kind", "code")
    communes, departments = [], []
    for *values, path, bbox in rows.values_list(*COLUMNS, "contour__path_coarse", "bbox"):
        row = PlaceRow(*values)
        if row.kind == TerritoryKind.COMMUNE:
            communes.append((row, path or ""))
        else:
            departments.append((row, path or "", bbox))
    return communes, departments


def _areas(communes: Sequence[tuple[PlaceRow, str]], ranks: Sequence[int]) -> list[tuple[int, str]]:
    """(rank, path) of each class: all its communes as one path."""
    paths = defaultdict(list)
    for (_, path), rank in zip(communes, ranks, strict=True):
        paths[rank].append(path)
    return [(rank, "".join(paths[rank])) for rank in sorted(paths)]


def _tables(
    legend: list[Class], rows: Sequence[PlaceRow], ranks: Sequence[int], departments: Sequence[PlaceRow]
) -> list[tuple[str, list]]:
    """(title, lines) by department and by EPCI; a line: name, address, number of communes in each class."""
    links = Containment.objects.filter(inner__kind=TerritoryKind.COMMUNE, outer__kind=TerritoryKind.EPCI)
    found = links.values_list("inner", "outer__name", "outer__slug")
    epci_of = {commune: (name, slug) for commune, name, slug in found}
    by_department = _counted((row.parent_id for row in rows), ranks)
    by_epci = _counted((epci_of.get(row.pk) for row in rows), ranks)
    base = reverse("territories:index")

    def line(name: str, slug: str, counts: Counter) -> tuple[str, str, list[tuple[str, str]]]:
        return name, f"{base}{slug}/", [(one.label, number(counts[one.rank])) for one in legend]

    return [
        ("Par département", [line(row.name, row.slug, by_department[row.pk]) for row in departments]),
        ("Par intercommunalité", [line(*epci, by_epci[epci]) for epci in sorted(filter(None, by_epci))]),
    ]


def _counted(keys: Iterable, ranks: Sequence[int]) -> Mapping[Any, Counter]:
    found: dict[Any, Counter] = defaultdict(Counter)
    for key, rank in zip(keys, ranks, strict=True):
        found[key][rank] += 1
    return found
