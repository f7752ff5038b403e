"""Accepted values of a condition, picked in a list that groups them by kind; no code has to be known."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.utils.text import capfirst

from aids.conditions.kinds import ConditionKind
from aids.models import AidConditionValue
from guide.territories.models import Territory

SEPARATOR = "|"


def picked(kind: str, code: str) -> str:
    """How the list names one value of one kind."""
    return f"{kind}{SEPARATOR}{code}"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Values by kind of condition, in the order of the kinds."""
    return [
        (
            capfirst(kind.label),
            [(picked(kind, code), kind.declaration.option(code)) for code in kind.declaration.codes],
        )
        for kind in ConditionKind
        if kind.declaration.codes
    ]


class ValuesField(forms.MultipleChoiceField):
    """Values of any kind; those of the chosen kind alone count, so that changing the kind drops the others."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=choices,
            widget=forms.SelectMultiple(attrs={"size": 8, "data-values-of": ""}),
            **kwargs,
        )

    @staticmethod
    def of_kind(kind: str, said: Iterable[str]) -> list[str]:
        start = f"{kind}{SEPARATOR}"
        return [value.removeprefix(start) for value in said if value.startswith(start)]


class PlacesField(forms.ModelMultipleChoiceField):
    """Territories found by their name, which alone count when the condition is about a place."""

    def __init__(self, **kwargs):
        territory = AidConditionValue._meta.get_field("territory")
        super().__init__(
            queryset=Territory.objects.all(),
            required=False,
            label="Territoires",
            help_text="Pour une condition de lieu : tapez un nom, un code INSEE ou un code postal, puis choisissez.",
            widget=AutocompleteSelectMultiple(territory, admin.site),
            **kwargs,
        )

    @staticmethod
    def codes(places: Iterable[Territory]) -> list[str]:
        """Places as the exchange file writes them: "department:36"."""
        return [f"{place.kind}:{place.code}" for place in places]
