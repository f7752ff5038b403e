"""The suggestions of the place search."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from guide.publishing.http import public
from guide.territories.place_search import search_places


@require_safe
@public
def place_suggestions(request: HttpRequest) -> JsonResponse:
    """`/territoires/recherche.json?q=`: at most eight communes; none for less than two characters."""
    return JsonResponse({"places": search_places(request.GET.get("q", ""))})
