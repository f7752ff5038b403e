"""What an import changes, in words: one row at a time, field by field, before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

SHOWN = 300  # letters of a value
EMPTY = "vide"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row created or updated. `fields` are (name in French, before, after), as texts; a new row has none."""

    identifier: str
    created: bool = False
    fields: tuple[tuple[str, str, str], ...] = ()

    def __str__(self):
        if self.created:
            return f"{self.identifier} : nouvelle"
        return f"{self.identifier} : {' ; '.join(f'{name} : {a} → {b}' for name, a, b in self.fields) or 'de retour'}"


def updated(
    identifier: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    model: type[models.Model] | None = None,
) -> RowDifference:
    """The difference of a known row: every name of `after`, with what `before` holds. `model` names the fields."""
    fields = ((label(model, name), shown(before.get(name)), shown(value)) for name, value in after.items())
    return RowDifference(str(identifier), fields=tuple(fields))


def label(model: type[models.Model] | None, name: str) -> str:
    """French name of a column; a key of a file that is no column has its own."""
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name
    except FieldDoesNotExist:
        return name


def shown(value: Any) -> str:
    """A value as an editor reads it, cut when it is long."""
    if value in (None, "", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, list | tuple | dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} signes)"
