"""The list of testimonials, ready to print: three queries."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.text import capfirst

from guide.core.french import plural
from guide.core.paging import PAGE_SIZE, paginate
from guide.editorial.testimonials.addresses import SECTION
from guide.editorial.testimonials.rows import rows
from guide.editorial.testimonials.search import Group, Search, groups, words_of

TITLES = {
    "etape": "Étape de vie",
    "mode": "Façon d'exercer",
    "specialite": "Spécialité",
    "departement": "Département",
}


class Facet(NamedTuple):
    """One filter: its choices are (value, label, chosen, number of testimonials)."""

    name: str
    label: str
    options: list[tuple[str, str, bool, int]]


def context(search: Search) -> dict[str, Any]:
    """Everything that testimonials/list.html and its fragment print."""
    every = groups()
    total = sum(group.count for group in every if _answers(group, search.values)) if search.is_valid else 0
    pages = paginate(search, total)
    if not pages.exists:
        search = search._replace(page=1, problems=["Cette page de la liste n'existe pas\u00a0: voici la première."])
        pages, found = paginate(search, total), search.queryset()
    else:
        found = search.queryset() if search.is_valid else search.queryset().none()
    return {
        "breadcrumb": [(SECTION, "")],
        "path": reverse("testimonials:list"),
        "offer": reverse("testimonials:offer"),
        "canonical": search.address(page=str(search.page) if search.page > 1 else ""),
        "problems": search.problems,
        "chips": [
            (capfirst(search.label(name, value)), search.address(without=(name, value)))
            for name in TITLES
            for value in search.values.get(name, ())
        ],
        "facets": [_facet(name, label, search, every) for name, label in TITLES.items()],
        "rows": rows(found[pages.first_row : pages.first_row + PAGE_SIZE]),
        "is_empty": not every,
        "heading": plural(total, "témoignage")
        if total or search.is_valid
        else "Aucune liste\u00a0: corrigez la recherche.",
        "pages": pages,
    }


def _answers(group: Group, values: dict[str, list[str]], *, but: str = "") -> bool:
    """Whether a group is asked for, one filter left aside."""
    return all(group.values[name] in kept for name, kept in values.items() if name != but)


def _facet(name: str, label: str, search: Search, every: list[Group]) -> Facet:
    """The choices that some testimonial answers, or that are chosen; each counted with the other filters."""
    counts: dict[str, int] = {}
    for group in every:
        counted = group.count if _answers(group, search.values, but=name) else 0
        counts[group.values[name]] = counts.get(group.values[name], 0) + counted
    chosen = search.values.get(name, [])
    return Facet(
        name,
        label,
        [
            (value, capfirst(text), value in chosen, counts.get(value, 0))
            for value, text in words_of(name, search.departments).items()
            if value in counts or value in chosen
        ],
    )
