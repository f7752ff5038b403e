"""Pages of structures: read the request, ask, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.fragments import page_or_fragment
from guide.core.http import public
from guide.core.slugs import moved_to
from structures import sheet
from structures.listing import listing
from structures.search import StructureSearch


@require_safe
@public
def structure_list(request: HttpRequest) -> HttpResponse:
    """The list, or only its results when htmx asks for them (never when it restores its history)."""
    search = StructureSearch.read(request)
    context = listing(search, request.content_version)
    address = search.address(page=str(search.page))
    return page_or_fragment(request, "structures/list.html", "structures/_results.html", context, address)


@require_safe
@public
def structure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet of a structure; an address that it had before leads to the present one for ever."""
    structure = sheet.find(slug)
    if structure is None:
        moved = moved_to("structure", slug)
        if not moved:
            raise Http404
        return redirect("structures:detail", moved, permanent=True)
    return render(request, "structures/sheet.html", sheet.context(structure))
