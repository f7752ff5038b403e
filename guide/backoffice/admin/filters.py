"""Filters of the lists, in words that say what they keep."""

from django.contrib import admin


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
