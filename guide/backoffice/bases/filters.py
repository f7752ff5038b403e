"""Filters of the lists, in words that say what they keep."""

from django.contrib import admin
from django.utils import timezone

from guide.backoffice.upkeep.sheets import ends_soon
from guide.core.enums import Freshness


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


class FreshnessFilter(admin.SimpleListFilter):
    """Published sheets by the age of their last check."""

    title = "fraîcheur (fiches publiées)"
    parameter_name = "fraicheur"

    def lookups(self, request, model_admin):
        return Freshness.choices

    def queryset(self, request, queryset):
        return queryset.of_freshness(Freshness(self.value())) if self.value() in Freshness.values else queryset


class EndFilter(admin.SimpleListFilter):
    """Published sheets that leave the site soon."""

    title = "fin de publication"
    parameter_name = "fin"

    def lookups(self, request, model_admin):
        return [("bientot", "dans les 60 jours")]

    def queryset(self, request, queryset):
        return queryset.filter(ends_soon(timezone.now())) if self.value() == "bientot" else queryset


class ChargeFilter(admin.SimpleListFilter):
    """Sheets by the person in charge."""

    title = "responsable"
    parameter_name = "responsable"

    def lookups(self, request, model_admin):
        return [("moi", "moi"), ("personne", "personne")]

    def queryset(self, request, queryset):
        wanted = {"moi": request.user, "personne": None}
        return queryset.filter(responsible=wanted[self.value()]) if self.value() in wanted else queryset
