"""Pages of the editorial content: read the request, ask, render."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.http import public
from guide.core.kept import kept
from guide.core.slugs import moved_to
from guide.editorial import agenda as agenda_page
from guide.editorial import feed, glossary, lexicon, library
from guide.editorial import news as news_page
from guide.editorial import page as text_page
from guide.editorial.actions import NEWS_SLUGS, PAGE_SLUGS


@require_safe
@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of text; a slug of the past redirects for ever."""
    version = request.content_version
    found = kept(version, f"page:{slug}", lambda: text_page.find(slug, lexicon.current(version)))
    if found is None:
        return _moved(PAGE_SLUGS, slug, text_page.address)
    return render(request, "editorial/page.html", found)


@require_safe
@public
def glossary_page(request: HttpRequest) -> HttpResponse:
    """Every abbreviation."""
    return render(request, "editorial/glossary.html", glossary.context(lexicon.current(request.content_version)))


@require_safe
@public
def documents(request: HttpRequest) -> HttpResponse:
    """Documents to read."""
    found = kept(request.content_version, "documents", library.documents)
    return render(request, "editorial/documents.html", found)


@require_safe
@public
def document(request: HttpRequest, slug: str) -> FileResponse:
    """The file of a document that the site holds."""
    found = library.file_of(slug)
    if found is None:
        raise Http404
    try:
        file = found.file.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(file, content_type="application/pdf", filename=f"{slug}.pdf")


@require_safe
@public
def partners(request: HttpRequest) -> HttpResponse:
    """Who takes part."""
    found = kept(request.content_version, "partners", library.partners)
    return render(request, "editorial/partners.html", found)


@require_safe
@public
def news(request: HttpRequest) -> HttpResponse:
    """News and initiatives, the latest first."""
    return render(request, "editorial/news.html", news_page.listing(news_page.NewsSearch.read(request)))


@require_safe
@public
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; a slug of the past redirects for ever."""
    version = request.content_version
    found = kept(version, f"news:{slug}", lambda: news_page.find(slug, lexicon.current(version)))
    if found is None:
        return _moved(NEWS_SLUGS, slug, news_page.address)
    return render(request, "editorial/news_item.html", found)


@require_safe
@public
def news_feed(request: HttpRequest) -> HttpResponse:
    """The Atom feed."""
    return HttpResponse(feed.atom(), content_type="application/atom+xml; charset=utf-8")


@require_safe
@public
def agenda(request: HttpRequest) -> HttpResponse:
    """Meetings to come, regular and past."""
    version = request.content_version
    found = kept(version, "agenda", lambda: agenda_page.context(lexicon.current(version)))
    return render(request, "editorial/agenda.html", found)


@require_safe
@public
def agenda_file(request: HttpRequest) -> HttpResponse:
    """The dated meetings as a calendar."""
    response = HttpResponse(agenda_page.calendar_file(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response


def _moved(kind: str, slug: str, address) -> HttpResponse:
    """Redirect to where a sheet has gone, or 404."""
    now = moved_to(kind, slug)
    if not now:
        raise Http404
    return redirect(address(now), permanent=True)
