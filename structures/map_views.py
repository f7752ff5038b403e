"""The map page: the list with its filters, beside the map of the same structures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from guide.core.fragments import page_or_fragment, wants_fragment
from guide.core.http import public
from structures.listing import listing
from structures.map_page import links_of_the_map, map_context
from structures.search import StructureSearch


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
    address = search.address(page=str(search.page))
    return page_or_fragment(request, "structures/map.html", "structures/_results.html", context, address)
