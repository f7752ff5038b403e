"""The dashboard of an editor, as blocks: what is to be done, how much of it, the first rows, the way to the rest.

The page at the entrance of the administration and the weekly mail show the same blocks. Each app adds its own in its
module `editing.py`, which is found at start:

    board.register(blocks, position=60)     # blocks(site, user) -> iterable of Block

A maker shows nothing outside the perimeter of `user`.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, IntegerField, Model, Q, QuerySet, When
from django.urls import reverse
from django.utils.http import urlencode

from guide.backoffice.perimeter import reach_of, within_perimeter
from guide.core.models import Publishable

ROWS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do. `confirm` is where "still up to date" is posted, empty where that is not the question; `mine`:
    the reader is the person in charge of the sheet."""

    name: str
    note: str
    address: str
    kind: str = ""
    confirm: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """The way to a whole list."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """One subject. `nothing` is what it says when `count` is 0, `mine` how many of `count` the reader is in charge of;
    `in_mail`: whether it is worth a weekly mail."""

    code: str
    title: str
    help: str
    nothing: str
    count: int = 0
    rows: tuple[Row, ...] = ()
    more: tuple[More, ...] = ()
    in_mail: bool = True
    mine: int = 0


Maker = Callable[[AdminSite, Model], Iterable[Block]]
_makers: dict[Maker, int] = {}


def register(maker: Maker, position: int) -> None:
    """Add the blocks of `maker`; they stand in the order of the positions."""
    _makers[maker] = position


def blocks(site: AdminSite, user) -> list[Block]:
    """Every block of a user; none for who has no role."""
    if reach_of(user).role is None:
        return []
    return [block for maker in sorted(_makers, key=_makers.get) for block in maker(site, user)]


def sheets(site: AdminSite, user) -> Iterator[tuple[ModelAdmin, QuerySet]]:
    """The admin page of each kind of sheet that `user` may read, with the rows within the perimeter."""
    for model, page in site._registry.items():
        if issubclass(model, Publishable) and may_read(user, model):
            yield page, within(site, user, model)


def within(site: AdminSite, user, model: type[Model]) -> QuerySet:
    """Rows of one model that `user` works on."""
    return within_perimeter(user, model._default_manager.order_by(), site._registry[model].perimeter_path)


def about_sheets_within(
    site: AdminSite, user, rows: QuerySet, models: Iterable[type[Model]] | None = None
) -> QuerySet:
    """Those of `rows` (with `content_type` and `object_id`) whose sheet lies within the perimeter of `user`.

    `models`: the kinds of sheets that rows may be about; without it, every kind that the administration knows.
    """
    if reach_of(user).everywhere:
        return rows
    mine = Q(pk__in=[])
    kinds = models if models is not None else [one for one in site._registry if issubclass(one, Publishable)]
    for model in kinds:
        if getattr(site._registry[model], "perimeter_path", None) is not None:
            kind = ContentType.objects.get_for_model(model)
            mine |= Q(content_type=kind, object_id__in=within(site, user, model).values("pk"))
    return rows.filter(mine)


def others_last(user) -> Case:
    """Orders sheets: those that `user` is in charge of (0), then the others (1)."""
    return Case(When(responsible=user, then=0), default=1, output_field=IntegerField())


def tally(rows: QuerySet, user) -> tuple[int, int]:
    """How many sheets, and how many of them `user` is in charge of."""
    found = rows.aggregate(all=Count("pk"), mine=Count("pk", filter=Q(responsible=user)))
    return found["all"], found["mine"]


def total(rows: QuerySet, found: Sized) -> int:
    """How many `rows` there are, of which the first ROWS are `found`."""
    return rows.count() if len(found) == ROWS else len(found)


def may_read(user, model: type[Model]) -> bool:
    """Whether the role of `user` may open the admin pages of `model`."""
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def page_of(model: type[Model], pk: int) -> str:
    """Address of the admin page of one row."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def list_of(model: type[Model], **filters: str) -> str:
    """Address of the admin list of a model, filtered."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters)}" if filters else address


def confirm_address(user, model: type[Model], pk: int) -> str:
    """Where "still up to date" is posted; empty for who may not say it."""
    if not reach_of(user).is_editor or not user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        return ""
    return reverse("admin:sheet_verify", args=[model._meta.app_label, model._meta.model_name, pk])
