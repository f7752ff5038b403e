"""Pages of the ways to practise: read the request, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guide.core.content_version import kept
from guide.core.http import public
from guide.editorial.models import PracticeOption
from guide.editorial.practice import comparison, pages, questionnaire
from guide.editorial.practice.comparison import ComparisonSearch
from guide.editorial.practice.questionnaire import QuestionnaireAnswers
from guide.editorial.views import show


@require_safe
@public
def practice_list(request: HttpRequest) -> HttpResponse:
    """All the ways to practise, by family."""
    return render(request, "practice/list.html", kept(request.content_version, "practices", pages.list_context))


@require_safe
@public
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One way to practise."""
    return show(request, slug, PracticeOption.objects.live(), "practice/detail.html", pages.option_context)


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
