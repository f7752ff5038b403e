"""Perimeters: which rows an editor may touch. Every list, form, action, import and export asks `within_perimeter`.

A perimeter is a set of territories; a row lies in it when its place is one of them or lies inside one (the closure
of guide.territories). A model says where its place is by a path of field lookups ("commune", "structure__commune",
"territories") or, where a path is not enough, by a function that makes the condition.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet

from guide.backoffice.access import EDITORS, EVERYWHERE, Role
from guide.backoffice.models import Perimeter
from guide.core.enums import Status
from guide.core.models import Publishable
from guide.territories.models import Territory

# Given the primary keys of the territories inside the perimeter (a subquery), the rows that lie in it.
Path = str | Callable[[QuerySet], Q] | None
_KEPT = "_guide_reach"


@dataclass(frozen=True, slots=True)
class Reach:
    """Role of a user, and primary keys of the territories of the perimeter."""

    role: Role | None
    territories: tuple[int, ...] = ()

    @property
    def everywhere(self) -> bool:
        return self.role in EVERYWHERE

    @property
    def is_bounded(self) -> bool:
        """Whether a new row must lie in the perimeter: a contributor without any may draft anywhere."""
        return not self.everywhere and (self.role != Role.CONTRIBUTOR or bool(self.territories))

    @property
    def is_editor(self) -> bool:
        return self.role in EDITORS

    def inside(self) -> QuerySet:
        """Primary keys of the places inside the perimeter, as a subquery."""
        return Territory.objects.filter(outer_links__outer__in=self.territories).values("pk")

    def names(self) -> str:
        found = Territory.objects.filter(pk__in=self.territories).order_by("search_name")
        return ", ".join(found.values_list("name", flat=True)) or "aucun territoire"


def reach_of(user: AbstractBaseUser) -> Reach:
    """The reach of a user; read once and kept on the user. Whoever has no role reaches nothing."""
    if not (user.is_active and user.is_staff):
        return Reach(None)
    if not hasattr(user, _KEPT):
        setattr(user, _KEPT, _read(user))
    return getattr(user, _KEPT)


def scope_of(user: AbstractBaseUser) -> Reach | None:
    """The reach to which an import by `user` is limited; None where nothing is out of reach."""
    reach = reach_of(user)
    return None if reach.everywhere else reach


def _read(user) -> Reach:
    if user.is_superuser:
        return Reach(Role.ADMINISTRATOR)
    names = set(user.groups.values_list("name", flat=True))
    role = next((role for role in Role if role.label in names), None)  # the widest of several
    if role is None or role in EVERYWHERE:
        return Reach(role)
    return Reach(role, tuple(Perimeter.objects.filter(user=user).values_list("territory", flat=True)))


def within_perimeter(user, queryset: QuerySet, path: Path) -> QuerySet:
    """The rows of `queryset` that `user` may work on; none for who has no role, or no territory.

    `path` None is a model without a place: the region's alone. A contributor also reaches what they created.
    """
    reach = reach_of(user)
    if reach.everywhere:
        return queryset
    if reach.role is None:
        return queryset.none()
    condition = lies_inside(queryset.model, path, reach.inside())
    if reach.role == Role.CONTRIBUTOR and issubclass(queryset.model, Publishable):
        condition |= Q(created_by=user)
    return queryset.filter(condition)


def lies_inside(model: type[Model], path: Path, inside: QuerySet) -> Q:
    """The condition "the place of the row is among `inside`"; of several places, all of them must be."""
    if path is None:
        return Q(pk__in=[])
    if callable(path):
        return path(inside)
    here = Q(**{f"{path}__in": inside})
    if not _is_many(model, path):
        return here
    rows = model._base_manager.order_by()
    elsewhere = rows.filter(**{f"{path}__in": Territory.objects.exclude(pk__in=inside).values("pk")})
    return Q(pk__in=rows.filter(here).values("pk")) & ~Q(pk__in=elsewhere.values("pk"))


def _is_many(model: type[Model], path: str) -> bool:
    """Whether a path of lookups leads to several places; FieldDoesNotExist names a path that is misspelt."""
    for name in path.split("__"):
        if name == "pk":
            return False
        field = model._meta.get_field(name)
        if not field.is_relation:
            raise FieldDoesNotExist(f"{model._meta.label}.{name} leads to no place")
        if field.many_to_many or field.one_to_many:
            return True
        model = field.related_model
    return False


def may_change(user, sheet: Model, path: Path) -> bool:
    """Whether the perimeter and the role let `user` change this row; its permissions are another matter."""
    reach = reach_of(user)
    if reach.everywhere:
        return True
    if reach.role == Role.CONTRIBUTOR and not (isinstance(sheet, Publishable) and sheet.status == Status.DRAFT):
        return False
    return within_perimeter(user, type(sheet)._base_manager.filter(pk=sheet.pk), path).exists()


def may_delete(user, sheet: Model, path: Path) -> bool:
    """As `may_change`; a contributor deletes only a draft of their own."""
    reach = reach_of(user)
    if reach.role == Role.CONTRIBUTOR and getattr(sheet, "created_by_id", None) != user.pk:
        return False
    return may_change(user, sheet, path)
