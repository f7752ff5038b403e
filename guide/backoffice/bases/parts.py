"""Parts of the pages of the administration: days that editors type, sections of forms, filters of lists."""

from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html_join

from guide.backoffice.upkeep.blocks import ends_soon
from guide.core.enums import Freshness

YEARS = range(1900, 2200)


def check_year(day: date) -> None:
    """Refuse a year outside YEARS."""
    if day.year not in YEARS:
        raise ValidationError(f"Vérifiez l'année : de {YEARS[0]} à {YEARS[-1]}.")


def check_past(day: date) -> None:
    """Refuse a day that has not come yet."""
    if day > timezone.localdate():
        raise ValidationError("Ce jour n'est pas encore venu.")


class DayField(forms.DateField):
    """A day of one of YEARS."""

    default_validators = [check_year]


class MomentField(forms.SplitDateTimeField):
    """A day of one of YEARS, and an hour."""

    default_validators = [check_year]


def section(title: str, fields: str, description: str = "", *classes: str) -> tuple[str, dict]:
    """One fieldset; `fields` are names separated by spaces, a class may be `collapse`, or `last` after the rows."""
    return title, {"fields": fields.split(), "description": description, "classes": classes}


# Of sheets that content files bring: what an import or a save writes, and the section where it is read.
NEVER_TYPED = ("missing_since", "created_by", "created_at", "updated_by", "updated_at")
PUBLICATION = section(
    "Publication",
    "status publish_at unpublish_at verified_on verify_every responsible missing_since "
    "created_by created_at updated_by updated_at",
    "",
    "last",
)


def paragraphs(texts):
    """Texts one under the other, escaped."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts)) or "aucune"


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
