"""Pages of the editorial content: read the request, ask, render."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.core.http import public
from guide.core.kept import kept
from guide.editorial import agenda as agenda_page
from guide.editorial import news as news_page
from guide.editorial import pages as page_contents
from guide.editorial.models import NewsItem, Page
from guide.editorial.sheet_page import show


def _whole_page(template: str, make: Callable[[str], dict]) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a page without parameters: what `make` gives of a content version, in that template."""

    @require_safe
    @public
    def view(request: HttpRequest) -> HttpResponse:
        version = request.content_version
        return render(request, template, kept(version, template, lambda: make(version)))

    return view


glossary = _whole_page("editorial/glossary.html", page_contents.glossary)
documents = _whole_page("editorial/documents.html", lambda version: page_contents.documents())
partners = _whole_page("editorial/partners.html", lambda version: page_contents.partners())
agenda = _whole_page("editorial/agenda.html", agenda_page.context)


@require_safe
@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of text."""
    pages = Page.objects.live().select_related("territory")
    return show(request, slug, pages, "editorial/page.html", page_contents.page_context)


@require_safe
@public
def document(request: HttpRequest, slug: str) -> FileResponse:
    """The file of a document that the site holds."""
    found = page_contents.file_of(slug)
    if found is None:
        raise Http404
    try:
        file = found.file.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(file, content_type="application/pdf", filename=f"{slug}.pdf")


@require_safe
@public
def news(request: HttpRequest) -> HttpResponse:
    """News and initiatives, the latest first."""
    return render(request, "editorial/news.html", news_page.listing(news_page.NewsSearch.read(request)))


@require_safe
@public
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One article."""
    articles = NewsItem.objects.live().select_related("territory")
    return show(request, slug, articles, "editorial/news_item.html", news_page.article)


@require_safe
@public
def news_feed(request: HttpRequest) -> HttpResponse:
    """The Atom feed."""
    return HttpResponse(news_page.atom(), content_type="application/atom+xml; charset=utf-8")


@require_safe
@public
def agenda_file(request: HttpRequest) -> HttpResponse:
    """The dated meetings as a calendar."""
    response = HttpResponse(agenda_page.calendar_file(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response
