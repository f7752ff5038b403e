"""Putting a sheet back as it was: a version of it, or the whole of it once it is deleted."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
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


class CannotRestore(Exception):
    """The sheet cannot be put back; `messages` say why, in French, for staff."""

    def __init__(self, messages: Iterable[str]):
        super().__init__()
        self.messages = list(messages)


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
            _check(instance)
            save_of(model)(sheet=instance, by=by)
            _write_lists(instance, row)
            for child in children_of(model):
                _replace_children(instance.pk, child, now, row)
        except CannotRestore as refusal:
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
    model, row = model_of(version), version.before

    def save() -> Stop | None:
        # The second of two people who restore it waits, and is told.
        Version.objects.select_for_update().get(pk=version.pk)
        if model._base_manager.filter(pk=version.object_id).exists():
            return Stop(["Cette fiche existe déjà : elle a sans doute été restaurée entre-temps."])
        try:
            _check_references(model, row)
            write.made = _create(model, row, {}, with_links=True)
        except CannotRestore as refusal:
            return Stop(refusal.messages)
        return None

    write = Write(model=model, keys=[], by=by, save=save, action=Action.RESTORE, outside=_outside)
    return write_sheets(write)


def model_of(version: Version) -> type[models.Model]:
    """The model of a version's sheet; LookupError when the software no longer has it."""
    return apps.get_model(version.model)


def _check(instance: models.Model) -> None:
    """What the database would refuse, as messages."""
    try:
        instance.validate_unique()
        instance.validate_constraints()
    except ValidationError as error:
        raise CannotRestore(error.messages) from error


def _check_references(model: type[models.Model], row: Row) -> None:
    """Every row that the sheet cannot do without still exists; others are left empty."""
    missing = []
    for field, rows in _references(model, row).items():
        keys = {one["fields"][field.attname] for one in rows}
        gone = keys - set(field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for one in rows:
            if one["fields"][field.attname] in gone:
                if field.null:
                    one["fields"][field.attname] = None
                else:
                    missing.append(f"« {field.verbose_name} » désigne une fiche qui n'existe plus.")
    if missing:
        raise CannotRestore(dict.fromkeys(missing))


def _references(model: type[models.Model], row: Row) -> dict[models.ForeignKey, list[Row]]:
    """Rows of the tree by the foreign key that they hold; the keys to their own parent are left out of rows."""
    own = {row["pk"]}
    found = defaultdict(list)

    def walk(model, row):
        for field in model._meta.concrete_fields:
            value = row["fields"].get(field.attname)
            if field.is_relation and value is not None and value not in (own if field.related_model is root else ()):
                found[field].append(row)
        for child in children_of(model):
            for one in row.get("children", {}).get(child.name, []):
                walk(child.model, one)

    root = model
    walk(model, row)
    return found


def _create(model: type[models.Model], row: Row, parents: dict[str, int], *, with_links: bool = False):
    """Insert a row and what hangs on it, with its former key when that is free."""
    fields = {**row["fields"], **parents}
    instance = model(pk=row["pk"])
    for field in model._meta.concrete_fields:
        if field.attname in fields and not field.primary_key:
            setattr(instance, field.attname, field.to_python(fields[field.attname]))
    if model._base_manager.filter(pk=row["pk"]).exists():
        instance.pk = None
    _check(instance)
    instance.save(force_insert=True)
    _write_lists(instance, row)
    for child in children_of(model, with_links=with_links):
        for one in row.get("children", {}).get(child.name, []):
            if child.is_link and not _link_holds(child, one):
                continue
            _create(child.model, one, {child.field.attname: instance.pk})
    return instance


def _link_holds(child: Child, row: Row) -> bool:
    """Whether the other ends of a link still exist; a link that lost one is not made again."""
    others = [f for f in child.model._meta.concrete_fields if f.is_relation and f is not child.field and not f.null]
    return all(f.related_model._base_manager.filter(pk=row["fields"][f.attname]).exists() for f in others)


def _write_lists(instance: models.Model, row: Row) -> None:
    """Set the many-to-many relations, as far as their rows still exist."""
    for field in lists_of(type(instance)):
        keys = row.get("lists", {}).get(field.name, [])
        getattr(instance, field.name).set(field.related_model._base_manager.filter(pk__in=keys))


def _replace_children(parent: int, child: Child, now: Row, wanted: Row) -> None:
    """Rows that are as wanted stay; the others are deleted, then made again with what hangs on them."""
    held = {one["pk"]: one for one in now.get("children", {}).get(child.name, [])}
    rows = wanted.get("children", {}).get(child.name, [])
    kept = {
        one["pk"]
        for one in rows
        if one["pk"] in held and content(child.model, one) == content(child.model, held[one["pk"]])
    }
    child.model._base_manager.filter(pk__in=held.keys() - kept).delete()
    for one in rows:
        if one["pk"] not in kept:
            _create(child.model, one, {child.field.attname: parent})
