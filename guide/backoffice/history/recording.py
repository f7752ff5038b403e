"""Sheets as plain JSON, and the versions kept of them: whoever changes sheets says so here, inside the transaction of
the change.

A row is {"pk", "fields": {column: value}, "lists": {many-to-many: [pk]}, "children": {relation: [row]}}. Children
are the rows of the same application that die with their parent. A model may say otherwise:

- `history_children`: names of the relations to follow, or (name, filter of the rows) pairs;
- `history_links`: relations that are kept only when the sheet is deleted, because they belong to others too, or
  are too many to be read at each change."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models

from guide.backoffice.models import Action, Version

Row = dict[str, Any]
BATCH = 500
MAX_LABEL = 200
NAMES = ("name", "title", "label", "question")


class Child(NamedTuple):
    """A relation to rows that hang on a sheet; `column` of `model` points to the parent."""

    name: str
    model: type[models.Model]
    field: models.ForeignKey
    where: Mapping[str, Any]
    is_link: bool = False

    def rows_of(self, row: Row) -> list[Row]:
        """The rows that hang by this relation on a row."""
        return row.get("children", {}).get(self.name, [])


def children_of(model: type[models.Model], *, with_links: bool = False) -> list[Child]:
    """The relations of `model` that a snapshot follows."""
    relations = {
        relation.get_accessor_name() or relation.related_model._meta.model_name: relation
        for relation in model._meta.related_objects
    }
    links = tuple(getattr(model, "history_links", ()))
    said = getattr(model, "history_children", None)
    if said is None:
        said = [name for name, relation in relations.items() if name not in links and _hangs(model, relation)]
    found = []
    for entry in [*said, *(links if with_links else ())]:
        name, where = entry if isinstance(entry, tuple) else (entry, {})
        relation = relations[name]
        found.append(Child(name, relation.related_model, relation.field, where, name in links))
    return found


def _hangs(model: type[models.Model], relation) -> bool:
    """A row of the same application that cannot live without its parent."""
    is_row = relation.one_to_many or relation.one_to_one
    same = relation.related_model._meta.app_label == model._meta.app_label
    return is_row and same and relation.on_delete is models.CASCADE


def read(model: type[models.Model], keys: Iterable[int], *, with_links: bool = False) -> dict[int, Row]:
    """The rows of these sheets by primary key."""
    keys = list(keys)
    found: dict[int, Row] = {}
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        found.update(_read(model, model._base_manager.filter(pk__in=part), with_links=with_links))
    return found


def _read(model: type[models.Model], queryset, parent: str = "", *, with_links: bool = False) -> dict[int, Row]:
    key = model._meta.pk.attname
    columns = [field.attname for field in model._meta.concrete_fields]
    rows: dict[int, Row] = {}
    for values in queryset.order_by("pk").values(*columns):
        fields = {name: _plain(value) for name, value in values.items() if name != key}
        rows[values[key]] = {"pk": values[key], "fields": fields}
    if rows:
        _read_lists(model, rows)
        for child in children_of(model, with_links=with_links):
            _read_children(child, rows)
    return rows


def _read_lists(model: type[models.Model], rows: dict[int, Row]) -> None:
    for field in lists_of(model):
        source, target = field.m2m_column_name(), field.m2m_reverse_name()
        pairs = field.remote_field.through._base_manager.filter(**{f"{source}__in": rows}).order_by(target)
        for owner, value in pairs.values_list(source, target):
            rows[owner].setdefault("lists", {}).setdefault(field.name, []).append(value)


def _read_children(child: Child, rows: dict[int, Row]) -> None:
    column = child.field.attname
    under = child.model._base_manager.filter(**{f"{child.field.name}__in": rows}, **child.where)
    for row in _read(child.model, under).values():
        parent = row["fields"].pop(column)
        rows[parent].setdefault("children", {}).setdefault(child.name, []).append(row)


def lists_of(model: type[models.Model]) -> list[models.ManyToManyField]:
    """Many-to-many relations without rows of their own."""
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]


def content_fields(model: type[models.Model]) -> list[models.Field]:
    """Columns that an editor may change: neither keys nor what the software computes."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def content(model: type[models.Model], row: Row | None) -> Any:
    """What counts in a row, comparable: the same text from the same editor's point of view, keys left out."""
    if row is None:
        return None
    fields = {field.attname: row["fields"].get(field.attname) for field in content_fields(model)}
    lists = {field.name: sorted(row.get("lists", {}).get(field.name, [])) for field in lists_of(model)}
    children = {}
    for child in children_of(model):
        children[child.name] = sorted((content(child.model, one) for one in child.rows_of(row)), key=repr)
    return {"fields": fields, "lists": lists, "children": children}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def note_changes(model: type[models.Model], before: dict[int, Row], *, by, action: str, note: str = "") -> None:
    """Compare the sheets with what they were, and keep the versions that differ."""
    after = read(model, before)
    changed = {pk: row for pk, row in before.items() if content(model, row) != content(model, after.get(pk))}
    keep(model, changed, by=by, action=action, note=note)


def note_import(model: type[models.Model], keys: Iterable[int], note: str) -> None:
    """Keep the sheets that an import is about to change, as they are now."""
    keep(model, read(model, keys), by=None, action=Action.IMPORT, note=note)


def note_creation(instance: models.Model, *, by, action: str = Action.CREATE) -> None:
    """The sheet was made by somebody, or came back from the bin: nothing was before."""
    sheet = {"model": instance._meta.label_lower, "object_id": instance.pk, "label": str(instance)[:MAX_LABEL]}
    Version.objects.create(**sheet, action=action, by=by)


def keep(model: type[models.Model], rows: dict[int, Row], *, by, action: str, note: str = "") -> None:
    """Store one version for each of `rows`."""
    name, labels = model._meta.label_lower, _labels(model, rows)
    versions = [
        Version(model=name, object_id=pk, action=action, by=by, note=note, label=labels[pk], before=row)
        for pk, row in rows.items()
    ]
    Version.objects.bulk_create(versions, batch_size=BATCH)


def _labels(model: type[models.Model], rows: dict[int, Row]) -> dict[int, str]:
    """How the sheets are called, from their rows; one alone that has no name is called as it calls itself."""
    labels = {pk: next(filter(None, map(row["fields"].get, NAMES)), "") for pk, row in rows.items()}
    if len(rows) == 1 and not any(labels.values()):
        labels = {pk: str(found) for pk, found in model._base_manager.in_bulk(rows).items()}
    return {pk: str(labels.get(pk) or f"{model._meta.verbose_name} {pk}")[:MAX_LABEL] for pk in rows}
