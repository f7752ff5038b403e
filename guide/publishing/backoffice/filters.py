"""Filters of the lists, in words that say what they keep."""

from django.contrib import admin

from guide.publishing.imports import names


def blank_filter(title: str, empty: str, filled: str) -> type[admin.EmptyFieldListFilter]:
    """Rows whose field is empty or not, each named: Django says « vide » and « non vide »."""
    words = {"1": empty, "0": filled}

    class BlankFilter(admin.EmptyFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

        def choices(self, changelist):
            for key, choice in zip((None, *words), super().choices(changelist), strict=True):
                shown = str(choice["display"])
                yield choice | {"display": words[key] + shown[len(shown.partition(" (")[0]) :] if key else shown}

    return BlankFilter


InSourceFilter = blank_filter("encore dans sa source", "oui", "non, à vérifier")


class ImporterFilter(admin.SimpleListFilter):
    """Reports, or rejected rows, of one importer."""

    title = "contenu du fichier"
    parameter_name = "import"
    lookup = "importer"

    def lookups(self, request, model_admin):
        """Every importer by its French name."""
        return names.choices()

    def queryset(self, request, queryset):
        """The rows of the chosen importer."""
        return queryset.filter(**{self.lookup: self.value()}) if self.value() else queryset


class RejectImporterFilter(ImporterFilter):
    """Rejected rows of one importer."""

    lookup = "run__importer"
