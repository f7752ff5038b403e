"""Accepted values of a condition, picked in a list that groups them by kind; no code has to be known."""

from collections.abc import Iterable

from django import forms

from aids.exchange.schema import VALUES
from aids.reasons import label
from aids.vocabulary import ConditionKind
from guide.territories.enums import Level

SEPARATOR = "|"


def picked(kind: str, code: str) -> str:
    """How the list names one value of one kind."""
    return f"{kind}{SEPARATOR}{code}"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Values by kind of condition, in the order of the vocabulary."""
    groups = []
    for kind, codes in VALUES.items():
        options = [(picked(kind, code), _label(kind, code)) for code in codes]
        groups.append((f"{_upper(ConditionKind(kind).label)}", options))
    return groups


def _label(kind: str, code: str) -> str:
    if kind == ConditionKind.ZONING:
        name = Level(code).label
        return name if code in name else f"{code} ({name})"
    return _upper(label(kind, code))


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


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
        """Codes of one kind among what was picked."""
        start = f"{kind}{SEPARATOR}"
        return [value.removeprefix(start) for value in said if value.startswith(start)]
