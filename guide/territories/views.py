"""Pages of the places."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guide.publishing.http import public
from guide.publishing.models import SlugRedirect
from guide.territories import index_page, pages, places, search


@public
def index(request: HttpRequest) -> HttpResponse:
    """All places of the region; `q` searches a name or a code, and a certain answer redirects to its page."""
    asked = request.GET.get("q", "").strip()
    text = asked[: search.MAX_LENGTH]
    results = search.search(text) if text else None
    if results and results.certain:
        return redirect(places.address(results.certain.slug))
    context = index_page.build(settings.REGION) if results is None else index_page.found(results)
    return render(request, "territories/index.html", {"q": text, "too_long": len(asked) > len(text), **context})


@public
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one place; a slug of the past redirects for ever."""
    place = places.find(slug)
    if place is None:
        moved = SlugRedirect.objects.filter(kind="territory", old_slug=slug).values_list("new_slug", flat=True).first()
        if moved is None:
            raise Http404("Territoire inconnu")
        return redirect(places.address(moved), permanent=True)
    return render(request, "territories/detail.html", pages.build(place))
