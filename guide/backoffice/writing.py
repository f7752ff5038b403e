"""One write of sheets by a person, wherever it comes from: a form, a proposal, a return to a version, an action of a
list, a deletion. `write_sheets` follows RECIPE in one transaction. What is a model's own is registered by the module
`editing.py` of its app:

    writing.register_save(Structure, save_structure)   # its named write, called as save(sheet=…, by=…)
    writing.register_check(Aid, GoldenCheck)           # what may still take the write back
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guide.backoffice.history.recording import Row, keep, note_changes, note_creation, read
from guide.backoffice.life_cycle import Transition
from guide.backoffice.models import Action
from guide.backoffice.perimeter import reach_of
from guide.core import content_version
from guide.core.enums import Status
from guide.core.images.models import taken_back_on_failure

# Buttons of a page that asks before it writes: go on with what it showed, or go back without writing.
CONFIRMED, REVISE = "_confirmed", "_revise"


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing is written. `messages` say why, in French; `answer` makes the page that says or asks more, once the
    write has been taken back."""

    messages: Sequence[str] = ()
    answer: Callable[[], HttpResponse] | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """The admin page from which somebody writes, and on which they can be asked; `object_id` as its address has it."""

    page: admin.ModelAdmin
    request: HttpRequest
    object_id: str | None


def refuse_outside(names: str) -> Stop:
    """The answer to who would move a sheet out of their perimeter: 403. `names`: its territories."""
    raise PermissionDenied(f"Cette fiche serait hors de votre périmètre : {names}. Rien n'a été enregistré.")


@dataclass(slots=True)
class Write:
    """One write. Who asks for it fills the first part, the steps fill the second.

    `keys` are the sheets of `model`; a form that adds has none, and puts the new sheet into `made` when it is saved.
    `step`, of the life cycle, is taken after `save`, or alone. `screen`: None when nobody can be asked.
    """

    model: type[models.Model]
    keys: list[int]
    by: AbstractBaseUser
    merge: Callable[[], Stop | None] | None = None
    validate: Callable[[], Stop | None] | None = None
    save: Callable[[], Stop | None] | None = None
    step: Transition | None = None
    action: str = Action.CHANGE
    note: str = ""
    outside: Callable[[str], Stop] = refuse_outside
    screen: Screen | None = None

    before: dict[int, Row] = field(default_factory=dict)
    checks: list["Check"] = field(default_factory=list)
    made: models.Model | None = None
    moved: int = 0


class Check:
    """What a model asks of each of its writes, beside the recipe: one is made for each write."""

    def __init__(self, write: Write):
        self.write = write

    def before(self) -> Stop | None:
        """Called once the sheets are locked, before anything is written."""

    def after(self) -> Stop | None:
        """Called when all is written: the database says what it would hold."""


def save_sheet(*, sheet: models.Model, by) -> None:
    """The write of a model that registers none: the sheet, signed where it has authors."""
    sign(sheet, by)
    sheet.save()


def sign(sheet: models.Model, by) -> None:
    """Say who changes the sheet, and who made it."""
    if hasattr(sheet, "updated_by_id"):
        sheet.updated_by = by
    if sheet.pk is None and hasattr(sheet, "created_by_id"):
        sheet.created_by = by


_saves: dict[type[models.Model], Callable] = {}
_checks: dict[type[models.Model], list[type[Check]]] = {}


def register_save(model: type[models.Model], save: Callable) -> None:
    """Declare the named write of a model: save(sheet=…, by=…)."""
    _saves[model] = save


def register_check(model: type[models.Model], check: type[Check]) -> None:
    """Have each write of sheets of `model` pass this check."""
    _checks.setdefault(model, []).append(check)


def save_of(model: type[models.Model]) -> Callable:
    """The named write of a model."""
    return _saves.get(model, save_sheet)


# --- the steps -------------------------------------------------------------------------------------------------------


def lock_and_read(write: Write) -> None:
    """Whoever writes the same sheets at the same instant waits (on SQLite, whoever writes at all)."""
    rows = write.model._base_manager.select_for_update().filter(pk__in=write.keys)
    write.keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if write.action == Action.DELETE:
        whole = read(write.model, write.keys, with_links=True)  # with what belongs to others too
        keep(write.model, whole, by=write.by, action=write.action)
    elif write.save:
        write.before = read(write.model, write.keys)


def begin_checks(write: Write) -> Stop | None:
    """Each check sees the database as it is."""
    write.checks = [check(write) for check in _checks.get(write.model, ())]
    return next(filter(None, (check.before() for check in write.checks)), None)


def stay_in_perimeter(write: Write) -> Stop | None:
    """Asked twice: of the sheets as they are, then of the sheets as they would be."""
    page = admin.site._registry[write.model]
    if page.stays_inside(write.by, write.keys):
        return None
    return write.outside(reach_of(write.by).names())


def merge_conflict(write: Write) -> Stop | None:
    """What somebody else saved since the page was opened is merged, or asked about."""
    return write.merge() if write.merge else None


def validate(write: Write) -> Stop | None:
    """What a form, or the checks of a form, refuse."""
    return write.validate() if write.validate else None


def save(write: Write) -> Stop | None:
    """The named write of the model, with the rows that hang on the sheet."""
    stop = write.save() if write.save else None
    if write.made is not None:
        write.keys = [write.made.pk]
    return stop


def keep_versions(write: Write) -> None:
    """One version of each sheet that did change, or the mark of who made it."""
    if write.made is not None:
        note_creation(write.made, by=write.by, action=write.action)
    else:
        note_changes(write.model, write.before, by=write.by, action=write.action, note=write.note)


def take_step(write: Write) -> None:
    """Move the sheets from whose state the step starts; a form asks it of its own sheet, which must then move."""
    step = write.step
    if step is None:
        return
    if reach_of(write.by).role not in step.roles:
        raise PermissionDenied("Votre rôle ne permet pas ce changement d'état.")
    rows = write.model._base_manager.filter(pk__in=write.keys, status__in=step.sources)
    found, now = list(rows.values_list("pk", flat=True)), timezone.now()
    if write.save and not found:
        raise PermissionDenied("Cette fiche a changé d'état depuis, ou votre rôle ne permet pas ce changement.")
    moving = write.model._base_manager.filter(pk__in=found)
    before = read(write.model, found)
    if step.target == Status.PUBLISHED:
        moving.filter(unpublish_at__lte=now).update(unpublish_at=None)
    write.moved = moving.update(status=step.target, status_since=now, updated_by=write.by, updated_at=now)
    note_changes(write.model, before, by=write.by, action=Action.STATUS)


def end_checks(write: Write) -> Stop | None:
    """Each check sees the database as it would be."""
    return next(filter(None, (check.after() for check in write.checks)), None)


def raise_content_version(write: Write) -> None:
    """Last, because everybody who writes waits for this row."""
    if write.save or write.moved:
        content_version.bump()


# --- the recipe ------------------------------------------------------------------------------------------------------

RECIPE = (
    lock_and_read,
    stay_in_perimeter,
    begin_checks,  # golden cases: the verdicts of now
    merge_conflict,
    validate,
    save,
    stay_in_perimeter,
    keep_versions,
    take_step,
    end_checks,  # golden cases: the verdicts that the write changes, publication included
    raise_content_version,
)


def write_sheets(write: Write) -> Stop | None:
    """Follow the recipe; the first step that stops takes back whatever was written, files included.

    PermissionDenied: the person may not write this at all.
    """
    with taken_back_on_failure() as take_files_back, transaction.atomic():
        for step in RECIPE:
            if stop := step(write):
                transaction.set_rollback(True)
                take_files_back()
                return stop
    return None
