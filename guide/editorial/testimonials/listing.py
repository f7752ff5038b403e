"""The list of testimonials, ready to print."""

from collections import Counter
from typing import Any

from django.urls import reverse

from guide.core.french import plural
from guide.core.search import PAGE_SIZE, Facet, paginate, paginate_or_first
from guide.editorial.testimonials.addresses import SECTION
from guide.editorial.testimonials.rows import rows
from guide.editorial.testimonials.search import (
    FILTERS,
    TestimonialFilter,
    TestimonialSearch,
    answers,
    every_testimonial,
)


def context(search: TestimonialSearch) -> dict[str, Any]:
    """Everything that testimonials/list.html and its fragment print."""
    every, found = every_testimonial(), search.queryset()
    total = sum(answers(search, one) for one in every) if search.is_valid else 0
    pages = paginate_or_first(search, total) if search.is_valid else paginate(search, 0)
    return {
        "breadcrumb": [(SECTION, "")],
        "path": search.path,
        "offer": reverse("testimonials:offer"),
        "canonical": search.address(page=str(search.page)),
        "problems": search.messages,
        "chips": search.chips,
        "facets": [_facet(one, search, every) for one in FILTERS],
        "rows": rows(found[pages.first_row : pages.first_row + PAGE_SIZE]),
        "is_empty": not every,
        "heading": plural(total, "témoignage")
        if total or search.is_valid
        else "Aucune liste\u00a0: corrigez la recherche.",
        "pages": pages,
    }


def _facet(filter: TestimonialFilter, search: TestimonialSearch, every: list[dict]) -> Facet:
    """The choices that some testimonial answers, or that are chosen; each counted with the other filters."""
    counts = Counter(one[filter.field] for one in every if answers(search, one, but=filter.name))
    known = {one[filter.field] for one in every}
    options = [option for option in search.options(filter.name, counts) if option.chosen or option.value in known]
    return Facet(filter.name, filter.label, "checks", options)
