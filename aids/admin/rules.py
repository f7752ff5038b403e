"""Inline forms of the rules, checked by the readers of the exchange file: what is saved can be exported.

Accepted values are picked in a list that groups them by kind; no code has to be known.
"""

import re
from collections.abc import Iterable, Mapping

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.forms.models import BaseInlineFormSet
from django.forms.widgets import Script
from django.utils.text import capfirst

from aids.conditions.kinds import ConditionKind
from aids.exchange.readers import Faults, Key
from aids.exchange.rows import place_keys, write_values
from aids.exchange.schema import AMOUNT, AMOUNT_KEYS, CONDITION, CONDITION_KEYS
from aids.models import AidAmount, AidCase, AidCondition, AidConditionValue
from aids.vocabulary import ConditionRole
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


class ReadForm(forms.ModelForm):
    """A row that is also an object of the exchange file: `reader` checks it, and faults go to their fields."""

    reader = None
    keys: Mapping[str, Key] = {}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("DELETE"):
            for field, message in self._faults(self.document(cleaned)):
                self.add_error(field if field in self.fields else None, message)
        return cleaned

    def document(self, cleaned) -> dict:
        return {name: key.dumped(cleaned.get(key.column)) for name, key in self.keys.items() if key.column}

    def _faults(self, document):
        faults = Faults()
        self.reader(document, "", faults)
        for fault in faults:
            key = re.split(r"[.\[]", fault.path.lstrip("."))[0]
            yield self.field_of(key), fault.message

    def field_of(self, key: str) -> str:
        """The form field of a key of the file; "" for the whole."""
        return self.keys[key].column if key in self.keys else ""


class ConditionForm(ReadForm):
    """A condition with its accepted values as codes."""

    reader = staticmethod(CONDITION)
    keys = CONDITION_KEYS
    picked = ValuesField(
        label="Valeurs acceptées",
        required=False,
        help_text="Une seule suffit. Ctrl ou Cmd pour en choisir plusieurs ; celles d'un autre type ne comptent pas.",
    )
    places = PlacesField()
    accepted = forms.CharField(
        label="Autres codes",
        required=False,
        help_text=(
            "Rarement utile : les codes d'un fichier d'échange (department:36, commune:18033), des virgules entre "
            "plusieurs. Un code inconnu est refusé."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            values = self.instance.values.all()
            self.initial["places"] = sorted(value.territory_id for value in values if value.territory_id)
            codes = sorted(value.value for value in values if not value.territory_id)
            if ConditionKind(self.instance.kind).declaration.codes:
                self.initial["picked"] = [picked(self.instance.kind, code) for code in codes]
            else:
                self.initial["accepted"] = ", ".join(codes)

    def document(self, cleaned) -> dict:
        return {**super().document(cleaned), "valeurs": _codes(cleaned) or None}

    def field_of(self, key: str) -> str:
        """The values have one field for each way to give them."""
        if key != "valeurs":
            return super().field_of(key)
        by_name = self.cleaned_data.get("kind") == ConditionKind.TERRITORY and not self.cleaned_data.get("accepted")
        return "places" if by_name else "accepted"

    def clean(self):
        """The places named are loaded; what a kind accepts is said when it refuses."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        codes = ConditionKind(kind).declaration.codes if kind else []
        if "accepted" in self.errors and codes:
            self.add_error("accepted", f"Codes possibles : {', '.join(codes)}.")
        if kind == ConditionKind.TERRITORY and not self.errors:
            codes = _codes({**cleaned, "places": ()})
            for code in sorted(set(codes) - place_keys(codes).keys()):
                self.add_error("accepted", f"Territoire « {code} » inconnu.")
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        codes = sorted(set(_codes(self.cleaned_data)))
        is_place = self.instance.kind == ConditionKind.TERRITORY
        write_values(self.instance, codes, place_keys(codes) if is_place else {})


def _codes(cleaned) -> list[str]:
    typed = [code for text in re.split(r"[,;\s]+", cleaned.get("accepted") or "") if (code := text.strip())]
    kind = cleaned.get("kind", "")
    places = PlacesField.codes(cleaned.get("places") or ()) if kind == ConditionKind.TERRITORY else []
    return list(dict.fromkeys([*ValuesField.of_kind(kind, cleaned.get("picked") or ()), *places, *typed]))


class AidConditionForm(ConditionForm):
    """A condition of all the cases, or an exclusion."""

    role = forms.ChoiceField(
        label="rôle",
        choices=[(role.value, role.label) for role in (ConditionRole.COMMON, ConditionRole.EXCLUSION)],
        help_text="Une exclusion écarte qui la remplit ; les autres conditions doivent toutes être remplies.",
    )


class CaseConditionFormSet(BaseInlineFormSet):
    """Conditions of one case belong to its aid."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.aid_id = self.instance.aid_id
        form.instance.role = ConditionRole.CASE
        return form


class AmountForm(ReadForm):
    """An amount: a figure or a precision."""

    reader = staticmethod(AMOUNT)
    keys = AMOUNT_KEYS


_CONDITION_FIELDS = [
    ("kind", "mark", "position"),
    "picked",
    "places",
    "accepted",
    ("scheme", "expected"),
    ("minimum", "maximum"),
    ("after", "before"),
    ("code", "text"),
]


class ConditionInline(admin.StackedInline):
    """Conditions, with the fields that their type asks for."""

    model = AidCondition
    form = ConditionForm
    extra = 0

    class Media:
        js = [Script("js/admin-conditions.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("values")


class AidConditionInline(ConditionInline):
    """What all the cases ask, and what excludes; the conditions of one case are on its own page."""

    form = AidConditionForm
    verbose_name = "condition de tous les cas ou exclusion"
    verbose_name_plural = "pour qui et où : conditions de tous les cas, exclusions"
    fields = ["role", *_CONDITION_FIELDS]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(role=ConditionRole.CASE)


class CaseConditionInline(ConditionInline):
    """What this case asks."""

    fk_name = "case"
    formset = CaseConditionFormSet
    verbose_name_plural = "conditions de ce cas (toutes à remplir)"
    fields = _CONDITION_FIELDS


class CaseInline(admin.TabularInline):
    """Ways to get the aid; conditions and amounts are on the page of each."""

    model = AidCase
    extra = 0
    show_change_link = True
    verbose_name_plural = "combien : cas (« Modifier » ouvre ses conditions et ses montants)"
    fields = ["code", "label", "mark", "position"]


class AmountInline(admin.StackedInline):
    """What this case brings."""

    model = AidAmount
    form = AmountForm
    extra = 0
    verbose_name_plural = "montants de ce cas"
    fields = [
        ("kind", "minimum", "maximum"),
        ("months", "start_month", "until_studies_end"),
        ("taxation", "label"),
        ("mark", "position"),
    ]
