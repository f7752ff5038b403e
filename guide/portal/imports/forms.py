"""The form of an import, made from its declaration: files, what is said of them, options."""

import re
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from guide.portal.imports.declarations import FileField, ImportKind

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
        uploads = {f"file_{one.name}": UploadField(one) for one in kind.files}
        options = {f"option_{name}": field for name, field in kind.options.items()}
        self.fields = {**uploads, **options, **self.fields}

    def clean_source_date(self) -> str:
        text = self.cleaned_data["source_date"].strip()
        if text and not SOURCE_DATE.fullmatch(text):
            raise forms.ValidationError("Écrivez 2026, 2026-02 ou 2026-02-05.")
        return text

    def clean(self):
        cleaned = super().clean()
        uploads = [name for name in self.fields if name.startswith("file_")]
        if not self.errors and not any(cleaned.get(name) for name in uploads):
            self.add_error(uploads[0], "Donnez au moins un fichier.")
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
