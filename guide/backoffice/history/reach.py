"""Which deletions of the bin somebody may take back: the perimeter of a sheet that is no longer there."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin

from guide.backoffice.access import Role
from guide.backoffice.history.models import VersionQuerySet
from guide.backoffice.perimeter import Path, lies_inside, reach_of
from guide.core.enums import Status


def deleted_in_reach(page: ModelAdmin, user, versions: VersionQuerySet) -> VersionQuerySet:
    """Of `versions`, deletions of the model of `page`: those that lay in the perimeter; a contributor's own drafts.

    A page whose perimeter is a function says by its `deleted_inside(rows, inside)` which snapshots lay there.
    """
    reach = reach_of(user)
    if reach.everywhere:
        return versions
    rows = {pk: before for pk, before in versions.values_list("pk", "before") if before}
    if reach.role == Role.CONTRIBUTOR:
        own = {"created_by_id": user.pk, "status": Status.DRAFT}
        kept = [pk for pk, row in rows.items() if own.items() <= row["fields"].items()]
    elif reach.role is None:
        kept = []
    elif isinstance(page.perimeter_path, str):
        kept = _inside(page.model, rows, page.perimeter_path, reach.inside())
    else:
        kept = page.deleted_inside(rows, reach.inside()) if page.deleted_inside else []
    return versions.filter(pk__in=kept)


def _inside(model, rows: dict[int, dict[str, Any]], path: Path, inside) -> list[int]:
    """Keys of the versions whose sheet lay among `inside`."""
    first, _, rest = path.partition("__")
    if first == "pk":
        return []
    places = {key: _values(row, first) for key, row in rows.items()}
    related = model._meta.get_field(first).related_model
    found = related._base_manager.filter(
        lies_inside(related, rest or "pk", inside), pk__in=set().union(*places.values())
    )
    held = set(found.values_list("pk", flat=True))
    return [key for key, values in places.items() if values and values <= held]


def _values(row: dict[str, Any], name: str) -> set[int]:
    """What a foreign key or a many-to-many of a snapshot pointed to."""
    listed: Iterable[int] = row.get("lists", {}).get(name, [])
    single = row["fields"].get(f"{name}_id")
    return {single} if single is not None else set(listed)
