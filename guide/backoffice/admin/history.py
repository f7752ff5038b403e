"""The history and the bin, kept inside perimeters and roles."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from guide.backoffice.access import Role
from guide.backoffice.perimeter import Path, lies_inside, reach_of
from guide.core.enums import Status
from guide.core.models import Publishable

LIFE = ("status", "publish_at", "unpublish_at")


class HistoryReachMixin:
    """Before HistoryAdmin among the bases of a page."""

    def deleted_in_reach(self, request, versions):
        """Of the deletions of this model: those that lay in the perimeter; a contributor's own drafts."""
        reach = reach_of(request.user)
        if reach.everywhere:
            return versions
        rows = {pk: before for pk, before in versions.values_list("pk", "before") if before}
        if reach.role == Role.CONTRIBUTOR:
            own = {"created_by_id": request.user.pk, "status": Status.DRAFT}
            kept = [pk for pk, row in rows.items() if own.items() <= row["fields"].items()]
        elif reach.role is None:
            kept = []
        else:
            kept = self.deleted_inside(rows, reach.inside())
        return versions.filter(pk__in=kept)

    def deleted_inside(self, rows: dict[int, dict[str, Any]], inside) -> list[int]:
        """Keys of the snapshots that lay among the places `inside`. A page whose path is a function says it itself."""
        return _inside(self.model, rows, self.perimeter_path, inside) if isinstance(self.perimeter_path, str) else []

    def write(self, request, sheet):
        """A contributor who goes back to a version never publishes with it; a state that changes is dated."""
        if isinstance(sheet, Publishable):
            now = type(sheet)._base_manager.values(*LIFE).get(pk=sheet.pk)
            if not reach_of(request.user).is_editor:
                for name, value in now.items():
                    setattr(sheet, name, value)
            if sheet.status != now["status"]:
                sheet.status_since = timezone.now()
        super().write(request, sheet)


def _inside(model, rows: dict[int, dict[str, Any]], path: Path, inside) -> list[int]:
    """Keys of the versions whose sheet lay among `inside`; one query."""
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
