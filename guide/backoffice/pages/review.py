"""Pages of the administration that go through every kind of sheet: review queue, comments, "still up to date"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from guide.backoffice import previews
from guide.backoffice.actions import add_comment, mark_verified, resolve_comment
from guide.backoffice.models import EditorComment
from guide.backoffice.pages.sheets import sheet_to_change, sheet_to_read
from guide.backoffice.upkeep.board import page_of
from guide.core.enums import Status
from guide.core.models import Publishable

QUEUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """One sheet that waits for a reader."""

    name: str
    kind: str
    since: datetime
    author: str
    address: str
    preview: str


def sheet_pages(site: AdminSite, request: HttpRequest) -> Iterator[ModelAdmin]:
    """The admin pages of sheets that the user may open."""
    for model, page in site._registry.items():
        if issubclass(model, Publishable) and page.has_view_permission(request):
            yield page


def waiting(site: AdminSite, request: HttpRequest) -> list[Waiting]:
    """Sheets in review within the perimeter, the oldest first."""
    found = []
    for page in sheet_pages(site, request):
        rows = page.get_queryset(request).filter(status=Status.IN_REVIEW).select_related("updated_by")
        found += [_waiting(page, sheet) for sheet in rows.order_by("status_since", "pk")[:QUEUE_LENGTH]]
    return sorted(found, key=lambda one: one.since)


def _waiting(page: ModelAdmin, sheet: Publishable) -> Waiting:
    place = [page.opts.app_label, page.opts.model_name, sheet.pk]
    return Waiting(
        name=str(sheet),
        kind=page.opts.verbose_name,
        since=sheet.status_since or sheet.updated_at,
        author=str(sheet.updated_by or ""),
        address=page_of(page.model, sheet.pk),
        preview=reverse("backoffice:preview", args=place) if previews.has_preview(page.model) else "",
    )


def urls(site: AdminSite) -> list:
    """Addresses of these pages, behind the login of the administration."""

    @require_safe
    def review_queue(request: HttpRequest) -> HttpResponse:
        context = {**site.each_context(request), "title": "À relire", "sheets": waiting(site, request)}
        return TemplateResponse(request, "admin/review_queue.html", context)

    @require_POST
    def comments(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = sheet_to_read(site, request, app_label, model_name, pk)
        if "resolve" in request.POST:
            about = EditorComment.objects.about(sheet)
            resolve_comment(comment=get_object_or_404(about, pk=_key(request.POST["resolve"])), by=request.user)
        else:
            try:
                add_comment(sheet=sheet, text=request.POST.get("text", ""), by=request.user)
            except ValueError as error:
                messages.error(request, str(error))
        return HttpResponseRedirect(f"{page_of(page.model, pk)}#commentaires")

    @require_POST
    def verify(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = sheet_to_change(site, request, app_label, model_name, pk)
        mark_verified(sheets=page.get_queryset(request).filter(pk=sheet.pk), by=request.user)
        messages.success(request, f"«\u00a0{sheet}\u00a0»\u00a0: vérifiée aujourd'hui.")
        return HttpResponseRedirect(reverse("admin:index"))

    return [
        path("relecture/", site.admin_view(review_queue), name="review_queue"),
        path(
            "commentaires/<slug:app_label>/<slug:model_name>/<int:pk>/",
            site.admin_view(comments),
            name="sheet_comments",
        ),
        path("verifier/<slug:app_label>/<slug:model_name>/<int:pk>/", site.admin_view(verify), name="sheet_verify"),
    ]


def _key(text: str) -> int:
    """The key of a comment; 404 for what can be none."""
    try:
        return EditorComment._meta.pk.clean(text, None)
    except ValidationError as error:
        raise Http404 from error
