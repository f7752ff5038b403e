"""Rows about sheets of any kind, kept within a perimeter."""

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import within
from guide.core.models import Publishable


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
