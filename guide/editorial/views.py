"""Pages of the editorial content and of the ways to practise: read the request, ask, render."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.content_version import kept
from guide.core.http import public
from guide.core.slugs import moved_to
from guide.editorial import agenda as agenda_page
from guide.editorial import news as news_page
from guide.editorial import pages as page_contents
from guide.editorial.actions import SLUG_KINDS
from guide.editorial.models import Content, Document, NewsItem, Page, PracticeOption
from guide.editorial.practice import comparison, questionnaire
from guide.editorial.practice import pages as practice_pages
from guide.editorial.practice.comparison import ComparisonSearch
from guide.editorial.practice.questionnaire import QuestionnaireAnswers


def show(
    request: HttpRequest, slug: str, sheets: QuerySet[Content], template: str, context: Callable[[Content, str], dict]
) -> HttpResponse:
    """The page of one of the sheets that visitors see: `context(sheet, content version)` is what the template prints.

    A slug of the past redirects for ever; Http404 for what has never been an address.
    """
    version, model = request.content_version, sheets.model

    def make() -> dict | None:
        sheet = sheets.filter(slug=slug).first()
        return context(sheet, version) if sheet else None

    found = kept(version, f"{SLUG_KINDS[model]}:{slug}", make)
    if found is not None:
        return render(request, template, found)
    now = moved_to(SLUG_KINDS[model], slug)
    if not now:
        raise Http404
    return redirect(model(slug=now), permanent=True)


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
    found = Document.objects.live().exclude(file="").filter(slug=slug).first()
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


@require_safe
@public
def practice_list(request: HttpRequest) -> HttpResponse:
    """All the ways to practise, by family."""
    return render(
        request, "practice/list.html", kept(request.content_version, "practices", practice_pages.list_context)
    )


@require_safe
@public
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One way to practise."""
    return show(request, slug, PracticeOption.objects.live(), "practice/detail.html", practice_pages.option_context)


@require_safe
@public
def practice_compare(request: HttpRequest) -> HttpResponse:
    """The ways to practise side by side."""
    search = ComparisonSearch.read(request)
    return render(request, "practice/compare.html", comparison.context(search, request.content_version))


@require_safe
@public
def practice_questionnaire(request: HttpRequest) -> HttpResponse:
    """The questions, and below them what the answers propose."""
    return render(request, "practice/questionnaire.html", questionnaire.context(QuestionnaireAnswers.read(request)))
