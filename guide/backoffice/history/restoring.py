"""Putting a sheet back as it was: a version of it, or the whole of it once it is deleted."""

from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from guide.backoffice.history.recording import Child, Row, children_of, content, content_fields, lists_of
from guide.backoffice.models import Action, Version
from guide.backoffice.perimeter import reach_of
from guide.backoffice.writing import Screen, Stop, Write, save_of, write_sheets
from guide.core.models import Publishable

OUTSIDE = "Cette version sort de votre périmètre : demandez à un éditeur de la région."
LIFE = ("status", "publish_at", "unpublish_at")


def revert(*, instance: models.Model, version: Version, by, screen: Screen | None = None) -> Stop | None:
    """Give `instance` back the content it had before the change that `version` notes; a version itself.

    It is saved by the named write of its model. What only the software or an import computes stays as it is.
    """
    model = type(instance)

    def save() -> Stop | None:
        now = write.before[instance.pk]
        row = wanted(model, now, version.before)
        try:
            _check_references(model, row)
            _fill(instance, row, by)
            _check_unique(instance)
            save_of(model)(sheet=instance, by=by)
            _write_lists(instance, row)
            for child in children_of(model):
                _replace_children(instance.pk, child, now, row)
        except ValidationError as refusal:
            return Stop(refusal.messages)
        return None

    write = Write(
        model=model,
        keys=[instance.pk],
        by=by,
        save=save,
        action=Action.REVERT,
        note=f"état d'avant le changement n° {version.pk}",
        outside=_outside,
        screen=screen,
    )
    return write_sheets(write)


def _outside(names: str) -> Stop:
    return Stop([OUTSIDE])


def _fill(instance: models.Model, row: Row, by) -> None:
    """Put the content of `row` into the instance; who may not publish never publishes so, a new state is dated."""
    now = {name: getattr(instance, name) for name in LIFE if isinstance(instance, Publishable)}
    for field in content_fields(type(instance)):
        if field.attname in row["fields"]:
            setattr(instance, field.attname, field.to_python(row["fields"][field.attname]))
    if not reach_of(by).is_editor:
        for name, value in now.items():
            setattr(instance, name, value)
    if now and instance.status != now["status"]:
        instance.status_since = timezone.now()


def wanted(model: type[models.Model], now: Row, row: Row) -> Row:
    """The row that a return to `row` would leave: fields of `history_kept` stay as they are now."""
    kept = {name: now["fields"][name] for name in getattr(model, "history_kept", ()) if name in now["fields"]}
    return {**row, "fields": {**row["fields"], **kept}}


def restore(*, version: Version, by) -> Stop | None:
    """Make a deleted sheet again from its last version, with its key and all that hung on it.

    Stopped when its address, its number or what it refers to is gone or taken, or when somebody was quicker.
    """
    model, row = version.sheet_model, version.before

    def save() -> Stop | None:
        # The second of two people who restore it waits, and is told.
        Version.objects.select_for_update().get(pk=version.pk)
        if model._base_manager.filter(pk=version.object_id).exists():
            return Stop(["Cette fiche existe déjà : elle a sans doute été restaurée entre-temps."])
        try:
            _check_references(model, row)
            write.made = _create(model, row, {}, with_links=True)
        except ValidationError as refusal:
            return Stop(refusal.messages)
        return None

    write = Write(model=model, keys=[], by=by, save=save, action=Action.RESTORE, outside=_outside)
    return write_sheets(write)


def _check_unique(instance: models.Model) -> None:
    instance.validate_unique()
    instance.validate_constraints()


def _check_references(model: type[models.Model], row: Row) -> None:
    """Every row that the sheet cannot do without still exists (ValidationError); others are left empty."""
    held = defaultdict(list)
    for kind, one in _tree(model, row):
        for field in kind._meta.concrete_fields:
            key = one["fields"].get(field.attname)
            is_of_the_sheet = field.related_model is model and key == row["pk"]
            if field.is_relation and key is not None and not is_of_the_sheet:
                held[field].append(one)
    missing = []
    for field, rows in held.items():
        keys = {one["fields"][field.attname] for one in rows}
        gone = keys - set(field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for one in rows:
            if one["fields"][field.attname] in gone:
                if field.null:
                    one["fields"][field.attname] = None
                else:
                    missing.append(f"« {field.verbose_name} » désigne une fiche qui n'existe plus.")
    if missing:
        raise ValidationError(list(dict.fromkeys(missing)))


def _tree(model: type[models.Model], row: Row) -> Iterator[tuple[type[models.Model], Row]]:
    yield model, row
    for child in children_of(model):
        for one in child.rows_of(row):
            yield from _tree(child.model, one)


def _create(model: type[models.Model], row: Row, parents: dict[str, int], *, with_links: bool = False):
    """Insert a row and what hangs on it, with its former key when that is free."""
    fields = {**row["fields"], **parents}
    instance = model(pk=row["pk"])
    for field in model._meta.concrete_fields:
        if field.attname in fields and not field.primary_key:
            setattr(instance, field.attname, field.to_python(fields[field.attname]))
    if model._base_manager.filter(pk=row["pk"]).exists():
        instance.pk = None
    _check_unique(instance)
    instance.save(force_insert=True)
    _write_lists(instance, row)
    for child in children_of(model, with_links=with_links):
        for one in child.rows_of(row):
            if not child.is_link or _link_holds(child, one):
                _create(child.model, one, {child.field.attname: instance.pk})
    return instance


def _link_holds(child: Child, row: Row) -> bool:
    """Whether the other ends of a link still exist; a link that lost one is not made again."""
    others = [f for f in child.model._meta.concrete_fields if f.is_relation and f is not child.field and not f.null]
    return all(f.related_model._base_manager.filter(pk=row["fields"][f.attname]).exists() for f in others)


def _write_lists(instance: models.Model, row: Row) -> None:
    for field in lists_of(type(instance)):
        keys = row.get("lists", {}).get(field.name, [])
        getattr(instance, field.name).set(field.related_model._base_manager.filter(pk__in=keys))


def _replace_children(parent: int, child: Child, now: Row, wanted: Row) -> None:
    """Rows that are as wanted stay; the others are deleted, then made again with what hangs on them."""
    held = {one["pk"]: content(child.model, one) for one in child.rows_of(now)}
    rows = child.rows_of(wanted)
    kept = {one["pk"] for one in rows if content(child.model, one) == held.get(one["pk"])}
    child.model._base_manager.filter(pk__in=held.keys() - kept).delete()
    for one in rows:
        if one["pk"] not in kept:
            _create(child.model, one, {child.field.attname: parent})
