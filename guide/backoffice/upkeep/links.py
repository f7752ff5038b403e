"""Links that sheets show: found in the models, tried with polite limits, and remembered over the days.

Counted are the fields of web addresses (URLField) of every model that editors write in the administration, those of
the rows that belong to one of its sheets (contacts, sources), and the links of its rich texts. Of a sheet that is
`Publishable`, only while it is published."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import urlsplit

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, F, Model, Q, QuerySet, TextField, URLField
from django.utils import timezone

from guide.backoffice.access import Access
from guide.backoffice.models import LinkCheck, LinkState, LinkUse
from guide.backoffice.roles import access_of
from guide.backoffice.upkeep.fetch import Answer, Fetcher
from guide.core.enums import Status
from guide.core.french import number
from guide.core.models import Publishable

BATCH = 1000
MAX_TRIES = 500
DELAY_SECONDS = 2.0
DEAD_AFTER = 2  # days on which it failed, one after the other
ALIVE_FOR = timedelta(days=7)  # what answers is not asked again before
RETRY_AFTER = timedelta(hours=20)  # "another day", whatever the hour at which the command runs
MAX_LENGTH = LinkCheck._meta.get_field("url").max_length
_HREF = re.compile(r"""href=["'](https?://[^"']+)["']""", re.IGNORECASE)


class Use(NamedTuple):
    """An address, and the field of the row that shows it."""

    url: str
    model: type[Model]
    pk: int
    field: str


def _uses(site: AdminSite) -> Iterator[Use]:
    for model in _models(site):
        rows = model._base_manager.order_by()
        if issubclass(model, Publishable):
            rows = rows.filter(status=Status.PUBLISHED)
        yield from _own(model, rows)
        for relation in _parts_of(model):
            yield from _of_parts(model, rows, relation)


def _models(site: AdminSite) -> list[type[Model]]:
    written = (Access.LOCAL, Access.REGIONAL)
    found = [model for model in site._registry if access_of(model._meta.app_label, model._meta.model_name) in written]
    parts = {relation.related_model for model in found for relation in _parts_of(model)}
    return [model for model in found if model not in parts]


def _parts_of(model: type[Model]) -> list:
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
    found = set(_uses(site))
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


def due(limit: int) -> list[LinkCheck]:
    """The links to try now, at most `limit`: those never tried, then those tried the longest ago."""
    now = timezone.now()
    old = Q(checked_at=None) | Q(checked_at__lte=now - ALIVE_FOR)
    failed = Q(state=LinkState.FAILING, checked_at__lte=now - RETRY_AFTER)
    return list(LinkCheck.objects.filter(old | failed).order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit])


def by_turns(links: list[LinkCheck]) -> list[LinkCheck]:
    """The same links, one of each site in turn, so that no site is asked twice in a row while others wait."""
    hosts = defaultdict(list)
    for link in links:
        hosts[_host_of(link.url)].append(link)
    return [link for turn in zip_longest(*hosts.values()) for link in turn if link]


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def record(*, link: LinkCheck, answer: Answer) -> None:
    """Keep what one try says: a link that fails is dead only when it fails again another day."""
    now = timezone.now()
    if answer.is_alive or answer.is_shy:
        link.state = LinkState.ALIVE if answer.is_alive else LinkState.SHY
        link.failures, link.failing_since = 0, None
    elif link.checked_at is None or not link.failures or now - link.checked_at >= RETRY_AFTER:
        link.failures += 1
        link.failing_since = link.failing_since or now
        link.state = LinkState.DEAD if link.failures >= DEAD_AFTER else LinkState.FAILING
    link.http_status, link.message, link.checked_at = answer.status, answer.message[:250], now
    link.save()


@dataclass(slots=True)
class Tally:
    """What came of one round. `cut_short`: some links that were due have been left for later."""

    known: int
    states: Counter
    cut_short: bool = False

    def told(self) -> str:
        tried = ", ".join(
            f"{LinkState(state).label}\u00a0: {number(count)}" for state, count in self.states.most_common()
        )
        return f"{number(self.known)} liens connus, {number(self.states.total())} essayés. {tried}"


def run(
    site: AdminSite,
    *,
    fetcher: Fetcher | None = None,
    limit: int = MAX_TRIES,
    delay: float = DELAY_SECONDS,
    progress: Callable[[int], None] = lambda tried: None,
    give_way: Callable[[], bool] = lambda: False,
) -> Tally:
    """Gather the links, try at most `limit`, with `delay` seconds between two requests to one site.

    Before each try `give_way` says whether to stop here. `fetcher`: tests alone pass another.
    """
    fetcher = fetcher or Fetcher()
    tally = Tally(refresh(site), Counter())
    asked: dict[str, float] = {}
    for tried, link in enumerate(by_turns(due(limit)), start=1):
        if give_way():
            tally.cut_short = True
            break
        _wait(asked, _host_of(link.url), delay)
        record(link=link, answer=fetcher.try_address(link.url))
        tally.states[link.state] += 1
        progress(tried)
    return tally


def _wait(asked: dict[str, float], host: str, delay: float) -> None:
    """Sleep until `delay` seconds after the last request to this site."""
    if host in asked:
        time.sleep(max(0.0, asked[host] + delay - time.monotonic()))
    asked[host] = time.monotonic()
