"""« Importer un fichier » in the administration: choose, upload by the form that the declaration of the import makes,
read what would change, confirm."""

import csv
import io
import re
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from guide.backoffice.perimeter import reach_of
from guide.core.enums import ImportOutcome
from guide.core.french import number
from guide.core.imports.engine import LABELS
from guide.portal.imports import uploads
from guide.portal.imports.preview_pages import VERDICTS, sections
from guide.portal.imports.registry import KINDS, FileField, ImportKind
from guide.portal.models import Upload

TITLE = "Importer un fichier"
POLL_SECONDS = 2
CONFIRMABLE = (ImportOutcome.PREVIEWED, uploads.CHANGED)
WRITTEN = ("created", "updated", "missing")
MEGABYTE = 1_000_000
LICENCE = "Licence Ouverte 2.0"
SOURCE_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
ABOUT = ("source", "source_url", "source_date", "licence")


class UploadField(forms.FileField):
    """A file of one of the declared endings, within the limit of `IMPORT_MAX_MB`."""

    def __init__(self, declared: FileField):
        self.endings = declared.endings
        endings = ", ".join(declared.endings)
        help_text = f"{endings}\u00a0; {settings.IMPORT_MAX_MB}\u00a0Mo au plus."
        widget = forms.FileInput(attrs={"accept": ",".join(f".{one.rpartition('.')[2]}" for one in declared.endings)})
        super().__init__(label=declared.label, required=declared.required, help_text=help_text, widget=widget)

    def clean(self, data, initial=None) -> UploadedFile | None:
        file = super().clean(data, initial)
        if not file:
            return file
        name = file.name.lower()
        if name.endswith(MACROS):
            raise forms.ValidationError(
                "Ce classeur peut contenir des macros. Enregistrez-le en .xlsx (classeur sans macro)."
            )
        if name.endswith(".xls"):
            raise forms.ValidationError("Ancien format de classeur\u00a0: enregistrez-le en .xlsx ou en CSV UTF-8.")
        if not name.endswith(self.endings):
            ending = PurePath(name).suffix or "sans extension"
            raise forms.ValidationError(f"Fichier {ending}\u00a0: attendu {' ou '.join(self.endings)}.")
        if file.size > settings.IMPORT_MAX_MB * MEGABYTE:
            raise forms.ValidationError(
                f"Fichier de {file.size / MEGABYTE:.0f}\u00a0Mo\u00a0: {settings.IMPORT_MAX_MB}\u00a0Mo au plus. "
                "Compressez-le (.gz) ou coupez-le."
            )
        return file


class ImportForm(forms.Form):
    """Files and options of one import. `files()`, `about()` and `options()` give what was entered, as texts."""

    required_css_class = "required"
    source = forms.CharField(
        label="Source",
        max_length=500,
        required=False,
        help_text="Éditeur et titre du document, montrés sur les pages. Inutile si chaque ligne la donne.",
    )
    source_url = forms.URLField(
        label="Adresse de la source", max_length=500, required=False, assume_scheme="https", help_text="https://…"
    )
    source_date = forms.CharField(
        label="Date des données", max_length=10, required=False, help_text="2026, 2026-02 ou 2026-02-05."
    )
    licence = forms.CharField(label="Licence", max_length=120, required=False, initial=LICENCE)
    accept_fewer = forms.BooleanField(
        label="Accepter beaucoup moins de lignes que la dernière fois",
        required=False,
        help_text="À cocher si la baisse est voulue\u00a0; sinon un fichier tronqué est refusé.",
    )

    def __init__(self, kind: ImportKind, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.kind = kind
        files = {f"file_{one.name}": UploadField(one) for one in kind.files}
        options = {f"option_{name}": field for name, field in kind.options.items()}
        self.fields = {**files, **options, **self.fields}

    def clean_source_date(self) -> str:
        text = self.cleaned_data["source_date"].strip()
        if text and not SOURCE_DATE.fullmatch(text):
            raise forms.ValidationError("Écrivez 2026, 2026-02 ou 2026-02-05.")
        return text

    def clean(self):
        cleaned = super().clean()
        files = [name for name in self.fields if name.startswith("file_")]
        if not self.errors and not any(cleaned.get(name) for name in files):
            self.add_error(files[0], "Donnez au moins un fichier.")
        sheet = cleaned.get("file_folder")
        if sheet and sheet.name.lower().endswith(".md") and not cleaned.get("option_place"):
            self.add_error("option_place", "Dites dans quel dossier va cette fiche.")
        if cleaned.get("option_format") == "plain" and not cleaned.get("option_scheme"):
            self.add_error("option_scheme", "Dites de quel zonage il s'agit.")
        start, end = cleaned.get("option_valid_from"), cleaned.get("option_valid_to")
        if start and end and end < start:
            self.add_error("option_valid_to", "La fin doit suivre le début.")
        return cleaned

    def uploads(self) -> list[tuple[FileField, UploadedFile]]:
        given = ((one, self.cleaned_data.get(f"file_{one.name}")) for one in self.kind.files)
        return [(one, file) for one, file in given if file]

    def about(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ABOUT}

    def options(self) -> dict[str, Any]:
        values = {name: self.cleaned_data.get(f"option_{name}") for name in self.kind.options}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in values.items()
            if value not in (None, "")
        }


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
        uploads.launch(kept, uploads.PREVIEW)
        return HttpResponseRedirect(reverse("admin:import_job", args=[kept.token]))
    reach = reach_of(request.user)
    bounds = "" if reach.everywhere else reach.names()
    return _rendered(request, "upload", kind.title, kind=kind, form=form, bounds=bounds)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Where an upload stands: busy, previewed, applied. By POST, the decision of the editor."""
    upload = uploads.find(token, request.user)
    if upload is None:
        return _rendered(request, "gone", TITLE, status=404)
    kind = _kind(request, upload.key)
    if request.method == "POST":
        return _decide(request, upload)
    task = uploads.at_work(upload)
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
        verdicts=upload.counts.get(VERDICTS, 0) if kind.key == uploads.AIDS else None,
        may_apply=upload.outcome in CONFIRMABLE and any(upload.counts.get(name) for name in WRITTEN),
    )


def _decide(request: HttpRequest, upload: Upload) -> HttpResponse:
    if "annuler" in request.POST:
        if not uploads.at_work(upload):
            upload.delete()
        messages.info(request, "Import abandonné : rien n'a été écrit.")
        return HttpResponseRedirect(reverse("admin:import_choose"))
    if upload.outcome in CONFIRMABLE:
        uploads.launch(upload, uploads.APPLY)
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
