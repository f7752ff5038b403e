"""Which addresses the sheets show, and where: found in the models themselves, no list to keep.

Counted are the fields of web addresses (URLField) of every model that editors write in the administration, those of
the rows that belong to one of its sheets (contacts, sources), and the links of its rich texts. Of a sheet that is
`Publishable`, only while it is published.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, Model, QuerySet, TextField, URLField

from guide.backoffice.access import Access
from guide.backoffice.models import LinkCheck, LinkUse
from guide.backoffice.roles import access_of
from guide.core.enums import Status
from guide.core.models import Publishable

BATCH = 1000
MAX_LENGTH = LinkCheck._meta.get_field("url").max_length
_HREF = re.compile(r"""href=["'](https?://[^"']+)["']""", re.IGNORECASE)


class Use(NamedTuple):
    """An address, and the field of the row that shows it."""

    url: str
    model: type[Model]
    pk: int
    field: str


def uses(site: AdminSite) -> Iterator[Use]:
    """Every address of every sheet."""
    for model in models(site):
        rows = model._base_manager.order_by()
        if issubclass(model, Publishable):
            rows = rows.filter(status=Status.PUBLISHED)
        yield from _own(model, rows)
        for relation in parts_of(model):
            yield from _of_parts(model, rows, relation)


def models(site: AdminSite) -> list[type[Model]]:
    """The models whose links are tried: those that editors write."""
    written = (Access.LOCAL, Access.REGIONAL)
    found = [model for model in site._registry if access_of(model._meta.app_label, model._meta.model_name) in written]
    parts = {relation.related_model for model in found for relation in parts_of(model)}
    return [model for model in found if model not in parts]


def parts_of(model: type[Model]) -> list:
    """Relations to the rows that belong to a row of `model`, and that hold addresses."""
    return [
        relation
        for relation in model._meta.related_objects
        if relation.one_to_many
        and relation.on_delete is CASCADE
        and relation.related_model is not model
        and not issubclass(relation.related_model, Publishable)
        and _fields(relation.related_model, URLField)
    ]


def _fields(model: type[Model], kind: type) -> list:
    return [field for field in model._meta.concrete_fields if type(field) is kind]


def _own(model: type[Model], rows: QuerySet) -> Iterator[Use]:
    for field in _fields(model, URLField):
        found = rows.exclude(**{field.name: ""}).values_list("pk", field.name)
        for pk, url in found.iterator(chunk_size=BATCH):
            yield from _kept(url, model, pk, str(field.verbose_name))
    for field in (one for one in model._meta.concrete_fields if isinstance(one, TextField)):
        found = rows.filter(**{f"{field.name}__contains": "href="}).values_list("pk", field.name)
        for pk, text in found.iterator(chunk_size=BATCH):
            for url in _HREF.findall(text):
                yield from _kept(unescape(url), model, pk, str(field.verbose_name))


def _of_parts(model: type[Model], rows: QuerySet, relation) -> Iterator[Use]:
    owner, part = relation.field.name, relation.related_model
    for field in _fields(part, URLField):
        found = part._base_manager.order_by().filter(**{f"{owner}__in": rows.values("pk")})
        found = found.exclude(**{field.name: ""}).values_list(owner, field.name).distinct()
        for pk, url in found.iterator(chunk_size=BATCH):
            yield from _kept(url, model, pk, f"{part._meta.verbose_name}\u00a0: {field.verbose_name}")


def _kept(url: str | None, model: type[Model], pk: int, field: str) -> Iterator[Use]:
    """The use, unless the address is one that cannot be kept; the part after # is read by browsers alone."""
    address = (url or "").strip().partition("#")[0]
    if address.lower().startswith(("http://", "https://")) and len(address) <= MAX_LENGTH:
        yield Use(address, model, pk, field[:120])


@transaction.atomic
def refresh(site: AdminSite) -> int:
    """Bring the tables of links and of their uses up to date; returns how many links there are."""
    found = set(uses(site))
    known = dict(LinkCheck.objects.values_list("url", "pk"))
    wanted = {use.url for use in found}
    LinkCheck.objects.bulk_create((LinkCheck(url=url) for url in sorted(wanted - known.keys())), batch_size=BATCH)
    _delete(LinkCheck.objects, [pk for url, pk in known.items() if url not in wanted])
    links = dict(LinkCheck.objects.values_list("url", "pk"))
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in {use.model for use in found}}
    present = {(links[use.url], kinds[use.model], use.pk, use.field) for use in found}
    columns = ("link", "content_type", "object_id", "field")
    stored = {tuple(row[1:]): row[0] for row in LinkUse.objects.values_list("pk", *columns)}
    _delete(LinkUse.objects, [pk for key, pk in stored.items() if key not in present])
    LinkUse.objects.bulk_create(
        (
            LinkUse(link_id=link, content_type_id=kind, object_id=pk, field=field)
            for link, kind, pk, field in sorted(present - stored.keys())
        ),
        batch_size=BATCH,
    )
    return len(links)


def _delete(manager, keys: list[int]) -> None:
    for start in range(0, len(keys), BATCH):
        manager.filter(pk__in=keys[start : start + BATCH]).delete()
