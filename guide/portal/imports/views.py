"""« Importer un fichier » in the administration: choose, upload, read what would change, confirm."""

import csv
import io

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from guide.backoffice.perimeter import reach_of
from guide.core.enums import ImportOutcome
from guide.core.french import number
from guide.core.imports.engine import LABELS
from guide.portal.imports import running, uploads
from guide.portal.imports.declarations import ImportKind
from guide.portal.imports.forms import ImportForm
from guide.portal.imports.preview_pages import VERDICTS, sections
from guide.portal.imports.registry import KINDS
from guide.portal.imports.uploads import NoSuchUpload
from guide.portal.models import Upload

TITLE = "Importer un fichier"
POLL_SECONDS = 2
CONFIRMABLE = (ImportOutcome.PREVIEWED, running.CHANGED)
WRITTEN = ("created", "updated", "missing")


def allowed(user) -> list[ImportKind]:
    """The imports that a user may run: all of them, those open to departments, or none."""
    reach = reach_of(user)
    if reach.everywhere:
        return list(KINDS.values())
    if reach.is_editor and reach.territories:
        return [kind for kind in KINDS.values() if kind.local]
    return []


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The imports that this editor may run."""
    return _rendered(request, "choose", TITLE, kinds=_allowed_or_403(request))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    """The form of one import; what it takes is previewed by a runner of background work."""
    kind = _kind(request, key)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(kind, *sent)
    if request.method == "POST" and form.is_valid():
        kept = uploads.create(
            key=kind.key,
            user=request.user,
            uploads=form.uploads(),
            about=form.about(),
            options=form.options(),
            accept_fewer=form.cleaned_data["accept_fewer"],
        )
        running.launch(kept, running.PREVIEW)
        return HttpResponseRedirect(reverse("admin:import_job", args=[kept.token]))
    reach = reach_of(request.user)
    bounds = "" if reach.everywhere else reach.names()
    return _rendered(request, "upload", kind.title, kind=kind, form=form, bounds=bounds)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where an upload stands: busy, previewed, applied. By POST, the decision of the editor."""
    try:
        upload = uploads.find(token, request.user)
    except NoSuchUpload:
        return _rendered(request, "gone", TITLE, status=404)
    kind = _kind(request, upload.key)
    if request.method == "POST":
        return _decide(request, upload)
    task = running.at_work(upload)
    if task:
        return _rendered(request, "busy", kind.title, rows=number(task.progress), seconds=POLL_SECONDS)
    if upload.outcome == ImportOutcome.APPLIED:
        upload.delete()
        messages.success(request, "Import appliqué. Voici son rapport.")
        return HttpResponseRedirect(reverse("admin:core_importrun_change", args=[upload.run_id]))
    return _previewed(request, upload, kind)


@require_safe
def template(request: HttpRequest, key: str) -> HttpResponse:
    """An empty file with the columns of one import."""
    kind = _kind(request, key)
    if not kind.template:
        raise Http404
    line = io.StringIO()
    csv.writer(line, delimiter=";").writerow(kind.template)
    name = f"modele-{kind.key}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("\ufeff" + line.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def urls(site: AdminSite) -> list:
    """Addresses of these pages, behind the login of the administration."""
    return [
        path("importer/", site.admin_view(choose), name="import_choose"),
        path("importer/suivi/<str:token>/", site.admin_view(follow), name="import_job"),
        path("importer/modele/<slug:key>.csv", site.admin_view(template), name="import_template"),
        path("importer/<slug:key>/", site.admin_view(upload), name="import_upload"),
    ]


def _rendered(request: HttpRequest, template: str, title: str, status: int = 200, **context) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/imports/{template}.html", context, status=status)


def _previewed(request: HttpRequest, upload: Upload, kind: ImportKind) -> HttpResponse:
    """What the import would change, and the button that confirms it where there is anything to write."""
    return _rendered(
        request,
        "preview",
        kind.title,
        kind=kind,
        upload=upload,
        outcome=upload.outcome or "stopped",
        sections=sections(upload, request.GET.get("liste", ""), _page(request)),
        counts=[(label, number(upload.counts.get(name, 0))) for name, label in LABELS.items()],
        verdicts=upload.counts.get(VERDICTS, 0) if kind.key == running.AIDS else None,
        may_apply=upload.outcome in CONFIRMABLE and any(upload.counts.get(name) for name in WRITTEN),
    )


def _decide(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Apply what the preview shows, or forget the upload."""
    if "annuler" in request.POST:
        if not running.at_work(upload):
            upload.delete()
        messages.info(request, "Import abandonné : rien n'a été écrit.")
        return HttpResponseRedirect(reverse("admin:import_choose"))
    if upload.outcome in CONFIRMABLE:
        running.launch(upload, running.APPLY)
    return HttpResponseRedirect(reverse("admin:import_job", args=[upload.token]))


def _allowed_or_403(request: HttpRequest) -> list[ImportKind]:
    kinds = allowed(request.user)
    if not kinds:
        raise PermissionDenied("Votre rôle ne permet pas d'importer des fichiers.")
    return kinds


def _kind(request: HttpRequest, key: str) -> ImportKind:
    found = {kind.key: kind for kind in _allowed_or_403(request)}
    if key in KINDS and key not in found:
        raise PermissionDenied("Cet import est réservé aux éditeurs régionaux.")
    if key not in found:
        raise Http404
    return found[key]


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
