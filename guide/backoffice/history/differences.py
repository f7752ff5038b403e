"""The difference of two snapshots of a sheet in French: field, before, after; rows that hang on it included."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags

from guide.backoffice.history.recording import Row, children_of, content, content_fields, lists_of
from guide.core.french import NBSP, long_date

EMPTY = "vide"
LONG_TEXT = 60
Values = Sequence[tuple[models.Field, Any]]


class Difference(NamedTuple):
    """One thing that differs, raw: values of one field, or all those of a row; None where there was no row."""

    label: str
    before: Values | None
    after: Values | None


class Line(NamedTuple):
    """One difference in words. A long text comes in `pieces`: (kept, removed or added; text)."""

    label: str
    before: str
    after: str
    pieces: list[tuple[str, str]]


def compare(model: type[models.Model], before: Row | None, after: Row | None, lead: str = "") -> list[Difference]:
    """What differs between two rows of one model, in the order of its fields, then of its children."""
    if before is None or after is None:
        row = before or after
        filled = _filled(model, row) if row else []
        return [Difference(lead, filled if before else None, filled if after else None)] if row else []
    found = []
    for field in content_fields(model):
        old, new = (row["fields"].get(field.attname) for row in (before, after))
        if old != new:
            found.append(_one(lead, field, old, new))
    for field in lists_of(model):
        old, new = (sorted(row.get("lists", {}).get(field.name, [])) for row in (before, after))
        if old != new:
            found.append(_one(lead, field, old, new))
    for child in children_of(model):
        name = str(child.model._meta.verbose_name)
        for old, new in _pairs(child.model, child.rows_of(before), child.rows_of(after)):
            found += compare(child.model, old, new, f"{lead}{name}{_title(child.model, new or old)}, ")
    return found


def _one(lead: str, field, old: Any, new: Any) -> Difference:
    return Difference(f"{lead}{field.verbose_name}", [(field, old)], [(field, new)])


def _filled(model: type[models.Model], row: Row) -> Values:
    plain = [(field, row["fields"].get(field.attname)) for field in content_fields(model)]
    filled = [(field, value) for field, value in plain if value not in (None, "", [], {}) and value != field.default]
    for child in children_of(model):
        for one in child.rows_of(row):
            filled += _filled(child.model, one)
    return filled


def _title(model: type[models.Model], row: Row) -> str:
    """« ZIP », when a row has a name."""
    for name in ("label", "title", "name", "code"):
        if text := row["fields"].get(name):
            return f" «{NBSP}{str(text)[:60]}{NBSP}»"
    return ""


def _pairs(model: type[models.Model], before: list[Row], after: list[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows that differ, each with what became of it: same key, else same content, else gone or new."""
    new = {row["pk"]: row for row in after}
    alone = []
    for row in before:
        if row["pk"] not in new:
            alone.append(row)
        elif content(model, row) != content(model, other := new.pop(row["pk"])):
            yield row, other
    left = list(new.values())
    for row in alone:
        same = next((other for other in left if content(model, other) == content(model, row)), None)
        if same is None:
            yield row, None
        else:
            left.remove(same)
    for row in left:
        yield None, row


def words(differences: Sequence[Difference]) -> list[Line]:
    """The differences in words; rows that foreign keys point to are named."""
    names = _names(differences)
    return [_line(one, names) for one in differences]


def _line(one: Difference, names) -> Line:
    label = one.label.removesuffix(", ")
    if one.before is None or one.after is None:
        texts = [_row_text(values, names) if values is not None else "" for values in (one.before, one.after)]
        added = "ligne ajoutée" if one.before is None else "ligne retirée"
        return Line(f"{label} ({added})", texts[0], texts[1], [])
    (field, old), (_, new) = one.before[0], one.after[0]
    texts = [spell(field, value, names) for value in (old, new)]
    is_text = isinstance(field, models.TextField) and min(map(len, texts)) > LONG_TEXT
    return Line(label, *texts, pieces(*texts) if is_text else [])


def _row_text(values: Values, names) -> str:
    parts = (f"{field.verbose_name}{NBSP}: {spell(field, value, names)}" for field, value in values)
    return " ; ".join(parts) or EMPTY


def spell(field, value: Any, names) -> str:
    """One value as an editor reads it."""
    if value in (None, "", []):
        return EMPTY
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names.get((field.related_model, key), f"n°{NBSP}{key} (disparu)") for key in keys)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return " ; ".join(map(str, value))
    if isinstance(field, models.DateTimeField):
        at = timezone.localtime(datetime.fromisoformat(value))
        return f"{long_date(at.date())} à {at:%H:%M}"
    if isinstance(field, models.DateField):
        return long_date(date.fromisoformat(value))
    text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"<(br|/p|/li|/h\d)[^>]*>", " ", text))).strip() or EMPTY


def _names(differences: Iterable[Difference]) -> dict[tuple[type, int], str]:
    wanted = defaultdict(set)
    for one in differences:
        for field, value in [*(one.before or ()), *(one.after or ())]:
            if field.is_relation and value is not None:
                wanted[field.related_model].update(value if isinstance(value, list) else [value])
    found = {}
    for model, keys in wanted.items():
        found.update({(model, pk): str(obj) for pk, obj in model._base_manager.in_bulk(list(keys)).items()})
    return found


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """A long text word by word: [("kept", …), ("removed", …), ("added", …)]."""
    old, new = before.split(), after.split()
    found = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("kept", " ".join(old[i1:i2])))
            continue
        found += [(kind, " ".join(part)) for kind, part in (("removed", old[i1:i2]), ("added", new[j1:j2])) if part]
    return found
