"""Pages of structures: read the request, ask, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.http import page_or_fragment, public, wants_fragment
from guide.core.slugs import moved_to
from structures import sheet
from structures.actions import SLUG_KIND
from structures.listing import listing
from structures.map_page import links_of_the_map, map_context
from structures.search import StructureSearch

RESULTS = "structures/_results.html"


@require_safe
@public
def structure_list(request: HttpRequest) -> HttpResponse:
    """The list, or only its results when htmx asks for them (never when it restores its history)."""
    search = StructureSearch.read(request)
    context = listing(search, request.content_version)
    return page_or_fragment(request, "structures/list.html", RESULTS, context, search.address(page=str(search.page)))


@require_safe
@public
def structure_map(request: HttpRequest) -> HttpResponse:
    """`/carte/`: the same list and the same fragment as `/structures/`, and a drawing of all that it holds.

    A place that was typed and understood leads to the address that names it, so that it can be kept and shared.
    """
    search = StructureSearch.read(request)
    fragment = wants_fragment(request)
    if search.is_valid and "lieu" in request.GET and not fragment:
        return redirect(search.address())
    context = listing(search, request.content_version) | links_of_the_map(search)
    if not fragment:
        context |= map_context(search, request.content_version)
    return page_or_fragment(request, "structures/map.html", RESULTS, context, search.address(page=str(search.page)))


@require_safe
@public
def structure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet of a structure; an address that it had before leads to the present one for ever."""
    structure = sheet.find(slug)
    if structure is None:
        moved = moved_to(SLUG_KIND, slug)
        if not moved:
            raise Http404
        return redirect("structures:detail", moved, permanent=True)
    return render(request, "structures/sheet.html", sheet.context(structure))
