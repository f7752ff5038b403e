"""Pages of the ways to practise: read the request, ask, render."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guide.core.http import public
from guide.core.kept import kept
from guide.core.slugs import moved_to
from guide.editorial.actions import PRACTICE_SLUGS
from guide.editorial.practice import comparison, detail, listing, questionnaire
from guide.editorial.practice.addresses import page_of
from guide.editorial.practice.answers import QuestionnaireAnswers
from guide.editorial.practice.comparison import ComparisonSearch


@require_safe
@public
def practice_list(request: HttpRequest) -> HttpResponse:
    """All the ways to practise, by family."""
    return render(request, "practice/list.html", kept(request.content_version, "practices", listing.context))


@require_safe
@public
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One way to practise; a slug of the past redirects for ever."""
    version = request.content_version
    found = kept(version, f"practice:{slug}", lambda: detail.context(detail.public(slug), version))
    if found is not None:
        return render(request, "practice/detail.html", found)
    now = moved_to(PRACTICE_SLUGS, slug)
    if not now:
        raise Http404
    return redirect(page_of(now), permanent=True)


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
