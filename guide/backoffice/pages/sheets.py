"""Pages that go through every kind of sheet: previews, review queue, comments, "still up to date"."""

from operator import itemgetter

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from guide.backoffice import previews
from guide.backoffice.actions import add_comment, mark_verified, resolve_comment
from guide.backoffice.models import EditorComment
from guide.backoffice.upkeep.board import page_of
from guide.core.enums import Status
from guide.core.models import Publishable

SHEET = "<slug:app_label>/<slug:model_name>/<int:pk>/"  # where addresses name a sheet of any kind
QUEUE_LENGTH = 200


def sheet_to_read(request: HttpRequest, app_label: str, model_name: str, pk: int) -> tuple[ModelAdmin, Publishable]:
    """The admin page of a kind of sheet, and the sheet. 404: no such sheet; 403: outside the perimeter."""
    try:
        page = admin.site._registry.get(apps.get_model(app_label, model_name))
    except LookupError as error:
        raise Http404 from error
    if page is None or not issubclass(page.model, Publishable):
        raise Http404
    if not page.has_view_permission(request):
        raise PermissionDenied
    sheet = page.get_object(request, str(pk))
    if sheet is None:
        raise Http404
    return page, sheet


def sheet_to_change(request: HttpRequest, app_label: str, model_name: str, pk: int) -> tuple[ModelAdmin, Publishable]:
    """As `sheet_to_read`; 403 also for a sheet that this role may not change."""
    page, sheet = sheet_to_read(request, app_label, model_name, pk)
    if not page.has_change_permission(request, sheet):
        raise PermissionDenied
    return page, sheet


def staff_preview(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """The sheet as visitors would see it, for an editor within whose perimeter it lies."""
    return previews.respond(request, _sheet(request, app_label, model_name, pk))


def partner_link(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """The link that an editor gives to a partner, ready to copy."""
    sheet = _sheet(request, app_label, model_name, pk)
    context = {
        **admin.site.each_context(request),
        "title": "Lien d'aperçu pour un partenaire",
        "opts": sheet._meta,
        "original": sheet,
        "link": settings.SITE_URL + reverse("backoffice:partner_preview", args=[previews.token_of(sheet)]),
        "until": timezone.now() + previews.LINK_LIFE,
    }
    return render(request, "admin/partner_link.html", context)


@require_safe
@never_cache
def partner_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of a signed link; a page that says so when the link is over."""
    try:
        sheet, until = previews.sheet_of(token)
    except signing.BadSignature as error:
        raise Http404 from error
    if sheet is None:
        return render(request, "backoffice/preview_over.html", status=410)
    return previews.respond(request, sheet, until)


def _sheet(request: HttpRequest, app_label: str, model_name: str, pk: int) -> Publishable:
    """The sheet of a kind that has a public page, by the rules of its own admin page."""
    if not previews.has_preview(apps.all_models.get(app_label, {}).get(model_name)):
        raise Http404
    return sheet_to_read(request, app_label, model_name, pk)[1]


def _waiting(site: AdminSite, request: HttpRequest) -> list[dict]:
    """Sheets in review within the perimeter, the oldest first."""
    found = []
    for model, page in site._registry.items():
        if not issubclass(model, Publishable) or not page.has_view_permission(request):
            continue
        rows = page.get_queryset(request).filter(status=Status.IN_REVIEW).select_related("updated_by")
        found += [_to_review(page, sheet) for sheet in rows.order_by("status_since", "pk")[:QUEUE_LENGTH]]
    return sorted(found, key=itemgetter("since"))


def _to_review(page: ModelAdmin, sheet: Publishable) -> dict:
    place = [page.opts.app_label, page.opts.model_name, sheet.pk]
    return {
        "name": str(sheet),
        "kind": page.opts.verbose_name,
        "since": sheet.status_since or sheet.updated_at,
        "author": str(sheet.updated_by or ""),
        "address": page_of(page.model, sheet.pk),
        "preview": reverse("backoffice:preview", args=place) if previews.has_preview(page.model) else "",
    }


def urls(site: AdminSite) -> list:
    """Addresses of these pages, behind the login of the administration."""

    @require_safe
    def review_queue(request: HttpRequest) -> HttpResponse:
        context = {**site.each_context(request), "title": "À relire", "sheets": _waiting(site, request)}
        return TemplateResponse(request, "admin/review_queue.html", context)

    @require_POST
    def comments(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = sheet_to_read(request, app_label, model_name, pk)
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
        page, sheet = sheet_to_change(request, app_label, model_name, pk)
        mark_verified(sheets=page.get_queryset(request).filter(pk=sheet.pk), by=request.user)
        messages.success(request, f"«\u00a0{sheet}\u00a0»\u00a0: vérifiée aujourd'hui.")
        return HttpResponseRedirect(reverse("admin:index"))

    return [
        path("relecture/", site.admin_view(review_queue), name="review_queue"),
        path(f"commentaires/{SHEET}", site.admin_view(comments), name="sheet_comments"),
        path(f"verifier/{SHEET}", site.admin_view(verify), name="sheet_verify"),
    ]


def _key(text: str) -> int:
    try:
        return EditorComment._meta.pk.clean(text, None)
    except ValidationError as error:
        raise Http404 from error
