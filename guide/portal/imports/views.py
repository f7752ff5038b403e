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
from guide.core.imports.report import LABELS
from guide.portal.imports import jobs, running
from guide.portal.imports.declarations import ImportKind
from guide.portal.imports.forms import ImportForm
from guide.portal.imports.jobs import Job, NoSuchJob, State
from guide.portal.imports.lines import VERDICTS, sections
from guide.portal.imports.registry import KINDS

TITLE = "Importer un fichier"
POLL_SECONDS = 2
CONFIRMABLE = (ImportOutcome.PREVIEWED, "changed")
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
    """The form of one import; what it takes is previewed by a process of its own."""
    kind = _kind(request, key)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(kind, *sent)
    if request.method == "POST" and form.is_valid():
        job = jobs.create(
            key=kind.key,
            user=request.user.pk,
            uploads=form.uploads(),
            about=form.about(),
            options=form.options(),
            accept_fewer=form.cleaned_data["accept_fewer"],
        )
        running.launch(job, running.PREVIEW)
        return HttpResponseRedirect(reverse("admin:import_job", args=[job.token]))
    reach = reach_of(request.user)
    bounds = "" if reach.everywhere else reach.names()
    return _rendered(request, "upload", kind.title, kind=kind, form=form, bounds=bounds)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where an upload stands: busy, previewed, applied. By POST, the decision of the editor."""
    try:
        job = jobs.find(token, request.user.pk)
    except NoSuchJob:
        return _rendered(request, "gone", TITLE, status=404)
    kind = _kind(request, job.key)
    if request.method == "POST":
        return _decide(request, job)
    if job.is_busy():
        return _rendered(request, "busy", kind.title, rows=number(job.progress()), seconds=POLL_SECONDS)
    state = job.state()
    if state.outcome == ImportOutcome.APPLIED:
        job.delete()
        messages.success(request, "Import appliqué. Voici son rapport.")
        return HttpResponseRedirect(reverse("admin:core_importrun_change", args=[state.run]))
    return _previewed(request, job, kind, state)


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


def _previewed(request: HttpRequest, job: Job, kind: ImportKind, state: State) -> HttpResponse:
    """What the import would change, and the button that confirms it where there is anything to write."""
    return _rendered(
        request,
        "preview",
        kind.title,
        kind=kind,
        job=job,
        state=state,
        outcome=state.outcome or "stopped",
        sections=sections(job.folder, state.counts, request.GET.get("liste", ""), _page(request)),
        counts=[(label, number(state.counts.get(name, 0))) for name, label in LABELS.items()],
        verdicts=state.counts.get(VERDICTS, 0) if kind.key == running.AIDS else None,
        may_apply=state.outcome in CONFIRMABLE and any(state.counts.get(name) for name in WRITTEN),
    )


def _decide(request: HttpRequest, job: Job) -> HttpResponse:
    """Apply what the preview shows, or forget the upload."""
    if "annuler" in request.POST:
        if not job.is_busy():
            job.delete()
        messages.info(request, "Import abandonné : rien n'a été écrit.")
        return HttpResponseRedirect(reverse("admin:import_choose"))
    if job.state().outcome in CONFIRMABLE:
        running.launch(job, running.APPLY)
    return HttpResponseRedirect(reverse("admin:import_job", args=[job.token]))


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
