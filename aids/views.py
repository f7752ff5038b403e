"""Pages of the aids: read the request, ask, render."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from aids.atlas import map_page
from aids.catalogue import current
from aids.comparison import comparison_page
from aids.comparison.query import PlacesSearch
from aids.detail import aid_page
from aids.listing import catalogue_page
from aids.listing.search import AidSearch
from aids.models import Aid
from aids.simulator import simulator_page
from aids.simulator.answers import Answers
from aids.simulator.deadlines import calendar_file
from aids.simulator.result import find_places, simulate
from guide.core.content_version import kept
from guide.core.http import page_or_fragment, public


@require_safe
@public
def aid_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, or only its results when htmx asks for them (never when it restores its history)."""
    search = AidSearch.read(request)
    context = catalogue_page.context(search)
    return page_or_fragment(request, "aids/list.html", "aids/_results.html", context, search.address())


@require_safe
@public
def aid_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one aid."""
    context = aid_page.context(Aid.objects.live().filter(code=code))
    if context is None:
        raise Http404
    return render(request, "aids/detail.html", context)


@require_safe
@public
def simulator(request: HttpRequest) -> HttpResponse:
    """The form and its result. A typed place leads to the address with its code, which can be shared."""
    answers = Answers.read(request)
    if answers.typed and not answers.messages:
        return redirect(answers.address())
    return render(request, "aids/simulator.html", simulator_page.context(answers, request.content_version))


@require_safe
@public
def aid_map(request: HttpRequest) -> HttpResponse:
    """What a profile can get, commune by commune."""
    answers = Answers.read(request).anywhere()
    return render(request, "aids/map.html", map_page.context(answers, request.content_version))


@require_safe
@public
def simulator_calendar(request: HttpRequest) -> HttpResponse:
    """The steps and deadlines of the same answers as a calendar; wrong answers are refused with their reason."""
    answers = Answers.read(request)
    places = find_places(answers, request.content_version)
    if not answers.is_asked:
        reasons = answers.messages or ["Aucune réponse : commencez par le simulateur."]
        return HttpResponse("\n".join(reasons), status=400, content_type="text/plain; charset=utf-8")
    simulation = simulate(answers, places, current(request.content_version))
    file = calendar_file(simulation, timezone.localdate())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mes-aides.ics"'
    return response


@require_safe
@public
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four places side by side. A typed place or a slug of the past leads to the canonical address."""
    query = PlacesSearch.read(request)
    if query.moved:
        return redirect(query.moved, permanent=query.is_permanent)
    context = comparison_page.head(query) | {"body": _compared(request, query)}
    return render(request, "territories/compare.html", context)


def _compared(request: HttpRequest, query: PlacesSearch) -> SafeString:
    """The body of the page, kept under its canonical address: known places and right answers only.

    A page that says what is wrong is made each time: wrong words have no end, and would fill the cache.
    """

    def body() -> SafeString:
        context = comparison_page.context(query, request.content_version)
        return render_to_string("territories/_compare.html", context, request)

    if query.messages or query.choices:
        return body()
    address = query.comparing(query.slugs)
    return kept(request.content_version, f"compared:{sha256(address.encode()).hexdigest()}", body)
