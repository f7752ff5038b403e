"""Pages of the places."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from guide.core.content_version import kept
from guide.core.exports import csv_lines
from guide.core.http import public
from guide.core.slugs import moved_to
from guide.territories import communes_table, identity, pages, place_list, places
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.place_list import PlaceListSearch
from guide.territories.search import MAX_LENGTH, search, suggest


@public
def index(request: HttpRequest) -> HttpResponse:
    """All places of the region; `q` searches a name or a code, and a certain answer redirects to its page."""
    asked = request.GET.get("q", "").strip()
    text = asked[:MAX_LENGTH]
    results = search(text) if text else None
    if results and results.certain:
        return redirect(results.certain.address)
    shown = {
        "q": text,
        "too_long": len(asked) > len(text),
        "breadcrumb": [("Territoires", "")],
        "communes": kept(request.content_version, "communes", places.count_communes),
        "results": results and pages.search_results(results),
    }
    if results is None:
        shown["list"] = place_list.context(PlaceListSearch.read(request))
        shown["body"] = kept(
            request.content_version,
            "territories-index",
            lambda: render_to_string("territories/_index.html", pages.index(), request),
        )
    return render(request, "territories/index.html", shown)


@require_safe
@public
def list_csv(request: HttpRequest) -> HttpResponse:
    """`/territoires/liste.csv`: the places of a search, for a spreadsheet."""
    search = PlaceListSearch.read(request)
    if not search.is_valid:
        return HttpResponse("\n".join(search.messages), status=400, content_type="text/plain; charset=utf-8")
    return _csv("territoires", *place_list.csv_rows(search))


def _csv(name: str, header: Iterable[str], rows: list[list]) -> HttpResponse:
    response = HttpResponse("".join(csv_lines(header, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
@public
def communes_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """`/territoires/<slug>/communes.csv`: the communes of a wider place, for a spreadsheet."""
    place = places.find(slug)
    if place is None or place.territory.kind not in pages.AREAS:
        raise Http404("Territoire inconnu")
    communes = places.place_rows(Territory.objects.live().of_kind(TerritoryKind.COMMUNE).within(place.territory.pk))
    return _csv(f"communes-{slug}", communes_table.CSV_COLUMNS, communes_table.csv_rows(communes))


@public
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one place; a slug of the past redirects for ever."""
    place = places.find(slug)
    if place is None:
        moved = moved_to("territory", slug)
        if not moved:
            raise Http404("Territoire inconnu")
        return redirect(places.address(moved), permanent=True)
    territory = place.territory
    places.keep_held(place.held, request.content_version)
    shown = {
        "territory": territory,
        "kind_title": identity.KIND_TITLES[territory.kind],
        "people": identity.population(territory.population) if territory.population else "population inconnue",
        "body": kept(
            request.content_version,
            f"place:{territory.pk}",
            lambda: render_to_string("territories/_place.html", pages.build(place), request),
        ),
    }
    return render(request, "territories/detail.html", shown)


@require_safe
@public
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/territoires/recherche.json?q=`: at most eight communes; none for less than two characters."""
    return JsonResponse({"places": suggest(request.GET.get("q", ""))})
