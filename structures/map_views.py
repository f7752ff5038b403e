"""The map page: the list with its filters, beside the map of the same structures."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guide.publishing.http import public
from structures.listing import listing
from structures.map_page import links_of_the_map, map_context
from structures.responses import respond, wants_fragment
from structures.search import read


@require_safe
@public
def structure_map(request: HttpRequest) -> HttpResponse:
    """`/carte/`: the same list and the same fragment as `/structures/`, and a drawing of all that it holds."""
    search = read(request)
    fragment = wants_fragment(request)
    context = listing(search, fragment=fragment) | links_of_the_map(search)
    if not fragment:
        context |= map_context(search, request.content_version)
    return respond(request, search, "structures/map.html", context)
